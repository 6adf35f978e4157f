// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See model_view_model.h.
#include "model_view_model.h"

#include <QFileInfo>
#include <utility>

#include "device_text.h"
#include "error_text.h"
#include "image/preprocess.h"

namespace galago::ui {
namespace {

/// Calls the overload that fits; std::visit's usual companion.
template <class... Calls>
struct Overloaded : Calls... {
  using Calls::operator()...;
};
template <class... Calls>
Overloaded(Calls...) -> Overloaded<Calls...>;

}  // namespace

ModelViewModel::ModelViewModel(InferenceWorker& worker, EventMailbox& mailbox,
                               SettingsStore& settings, QObject* parent)
    : QObject(parent), m_worker(worker), m_mailbox(mailbox), m_settings(settings) {
  connect(&settings, &SettingsStore::deviceChanged, this, &ModelViewModel::outdatedChanged);
  connect(&settings, &SettingsStore::threadsChanged, this, &ModelViewModel::outdatedChanged);
  connect(&settings, &SettingsStore::contextSizeChanged, this, &ModelViewModel::outdatedChanged);
  connect(this, &ModelViewModel::changed, this, &ModelViewModel::outdatedChanged);
}

ModelViewModel::~ModelViewModel() { requestStop(); }

QString ModelViewModel::name() const {
  const QString own = QString::fromStdString(m_loaded.info.name);
  return m_state == Ready && !own.isEmpty() ? own : m_fileName;
}

int ModelViewModel::pictureSize() const {
  // That of the published models, while none says better.
  return m_loaded.info.picture_size > 0 ? m_loaded.info.picture_size
                                        : PreprocessConfig{}.image_size;
}

QString ModelViewModel::deviceReason() const {
  if (m_state != Ready) return {};
  if (m_loaded.device_reason.empty()) return tr("as asked for");
  return deviceReasonText(m_loaded.trials, m_loaded.device_reason);
}

bool ModelViewModel::isOutdated() const { return m_state == Ready && m_asked != wish(); }

QString ModelViewModel::errorTitle() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kModel).title : QString();
}

QString ModelViewModel::errorHint() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kModel).hint : QString();
}

QString ModelViewModel::errorDetail() const {
  return m_error ? ui::errorDetail(*m_error) : QString();
}

bool ModelViewModel::isTooLarge() const {
  return m_error && m_error->code == Errc::kOutOfMemory && m_memory == Memory::kChecked;
}

void ModelViewModel::setOverrides(const QString& device, int threads) {
  m_deviceOverride = device;
  m_threadsOverride = threads;
}

ModelViewModel::Wish ModelViewModel::wish() const {
  return {m_deviceOverride.isEmpty() ? m_settings.device() : m_deviceOverride,
          m_threadsOverride > 0 ? m_threadsOverride : m_settings.threads(),
          m_settings.contextSize()};
}

void ModelViewModel::load(const QString& model) {
  m_isChosen = true;
  begin(model);
}

void ModelViewModel::loadUnasked(const QString& model) {
  m_isChosen = false;
  begin(model);
}

void ModelViewModel::begin(const QString& model, Memory memory, Measure measure) {
  if (model.isEmpty()) return;
  emit replaced();
  requestStop();
  m_mailbox.forget(m_request);

  m_path = model;
  m_fileName = QFileInfo(model).completeBaseName();
  m_fileBytes = 0;
  m_isBuiltIn = false;
  m_loaded = {};
  m_error.reset();
  m_asked = wish();
  m_memory = memory;
  m_state = Loading;
  m_progress.start();
  m_stop = std::stop_source();
  m_request = m_mailbox.expect([this](const WorkerEvent& event) { handle(event); });

  LoadRequest request;
  request.id = m_request;
  request.model = model;
  request.options.device = m_asked.device.toStdString();
  request.measure = measure;
  request.options.threads = m_asked.threads;
  request.options.context_size = m_asked.contextSize;
  request.ignoresMemory = memory == Memory::kIgnored;
  request.stop = m_stop.get_token();
  m_worker.requestLoad(std::move(request));
  emit changed();
  emit progressChanged();
}

void ModelViewModel::loadUrl(const QUrl& file) { load(file.toLocalFile()); }

void ModelViewModel::reload() { begin(m_path); }

void ModelViewModel::loadAnyway() { begin(m_path, Memory::kIgnored); }

void ModelViewModel::measureAgain() { begin(m_path, m_memory, Measure::kAgain); }

void ModelViewModel::cancel() {
  if (m_state == Loading) requestStop();
}

void ModelViewModel::requestStop() { m_stop.request_stop(); }

void ModelViewModel::handle(const WorkerEvent& event) {
  std::visit(Overloaded{
                 [this](const LoadStarted& started) {
                   m_fileName = QString::fromStdString(started.files.name);
                   m_fileBytes = started.file_bytes;
                   m_isBuiltIn = started.files.is_built_in;
                   m_path = QFileInfo(started.files.language_model).filePath();
                   emit changed();
                 },
                 [this](const LoadProgress& progress) {
                   m_progress.update(progress.fraction);
                   emit progressChanged();
                 },
                 [this](const LoadDone& done) {
                   m_loaded = done;
                   m_state = Ready;
                   if (m_isChosen) m_settings.addRecentModel(m_path);
                   emit changed();
                   emit ready();
                 },
                 [this](const DeviceChanged& change) {
                   m_loaded.device = change.device;
                   m_loaded.device_reason = change.reason;
                   m_loaded.trials.clear();
                   emit changed();
                 },
                 [this](const LoadFailed& failed) { fail(failed.error); },
                 [](const auto&) { Q_UNREACHABLE(); },
             },
             event);
}

void ModelViewModel::fail(const Error& error) {
  m_error = error;
  m_state = Broken;
  emit changed();
}

void ModelViewModel::retranslate() { emit changed(); }

}  // namespace galago::ui
