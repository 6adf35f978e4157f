// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See compare_view_model.h.
#include "compare_view_model.h"

#include <utility>
#include <variant>

#include "base/atomic_file.h"
#include "devices/device_registry.h"

namespace galago::ui {
namespace {

constexpr int kDrainMs = 33;  // at most 30 times a second
constexpr int kAnswerTokens = 256;

/// Empty: the file's name has no known end.
std::string reportText(const CompareReport& report, const QString& path) {
  if (path.endsWith(QLatin1String(".json"))) return compare_json(report);
  if (path.endsWith(QLatin1String(".csv"))) return compare_csv(report);
  if (path.endsWith(QLatin1String(".md"))) return compare_markdown(report);
  return {};
}

Status writeReport(const CompareReport& report, const QString& path) {
  const std::string text = reportText(report, path);
  if (text.empty())
    return Error{
        Errc::kInvalidArgument, "The name must end in .json, .csv or .md.", {path.toStdString()}};
  return write_text_file(path.toStdString(), text);
}

}  // namespace

CompareViewModel::CompareViewModel(const QString& settingsFile, QObject* parent)
    : QObject(parent), m_votes(settingsFile) {
  m_timer.setInterval(kDrainMs);
  connect(&m_timer, &QTimer::timeout, this, &CompareViewModel::drain);
  findDevices();
}

CompareViewModel::~CompareViewModel() {
  m_pool.clear();
  m_pool.waitForDone();
}

QStringList CompareViewModel::quantisations() const {
  return {QStringLiteral("q8_0"),   QStringLiteral("q6_K"), QStringLiteral("q5_K_M"),
          QStringLiteral("q4_K_M"), QStringLiteral("q4_0"), QStringLiteral("q3_K_M"),
          QStringLiteral("q2_K")};
}

// Drivers may take their time.
void CompareViewModel::findDevices() {
  m_pool.start([this] {
    QStringList kinds = {QStringLiteral("auto")};
    for (const AvailableDevice& device : available_devices())
      if (device.is_available) kinds.append(QString::fromStdString(device.info.kind));
    kinds.removeDuplicates();
    QMetaObject::invokeMethod(this, [this, kinds] {
      m_devices = kinds;
      emit optionsChanged();
    });
  });
}

void CompareViewModel::setPicture(const QUrl& picture) {
  m_wanted = picture;
  if (picture.isEmpty()) {
    m_picture.clear();
    m_read.reset();
    emit pictureChanged();
    return;
  }
  m_loader.load(picture, [this, picture](Result<PicturePtr> read) {
    if (m_wanted != picture) return;  // another one has taken its place
    m_wanted.clear();
    if (!read) {
      setError(std::move(read).error(), ErrorPlace::kPicture);
      return;
    }
    setError({});
    m_picture = picture;
    m_read = *std::move(read);
    emit pictureChanged();
  });
}

void CompareViewModel::setAtOnce(bool atOnce) {
  if (m_isAtOnce == atOnce) return;
  m_isAtOnce = atOnce;
  emit optionsChanged();
}

void CompareViewModel::setBlind(bool blind) {
  if (m_isBlind == blind || m_job) return;
  m_isBlind = blind;
  setHidden(false);
  emit optionsChanged();
  emit voteChanged();
}

bool CompareViewModel::canVote() const { return m_isBlind && m_isHidden && !m_job; }

QString CompareViewModel::errorTitle() const {
  if (!m_error) return {};
  if (m_errorPlace == ErrorPlace::kPicture) return errorText(m_error->code, m_errorPlace).title;
  return tr("This cannot be compared.");
}

QString CompareViewModel::errorDetail() const {
  return m_error ? ui::errorDetail(*m_error) : QString();
}

QString CompareViewModel::batchTitle() const {
  return m_batch ? QString::fromStdString(m_batch->title) : QString();
}

int CompareViewModel::batchCases() const {
  return m_batch ? static_cast<int>(m_batch->cases.size()) : 0;
}

int CompareViewModel::failureCount() const {
  return m_report ? static_cast<int>(m_report->failures().size()) : 0;
}

QVariantList CompareViewModel::summary() const {
  return m_report ? summaryRows(*m_report) : QVariantList();
}

GenerationParams CompareViewModel::params() const { return {{}, kAnswerTokens}; }

bool CompareViewModel::ask(const QString& prompt) {
  const QString question = prompt.trimmed();
  if (question.isEmpty() || m_job || !m_wanted.isEmpty()) return false;
  if (m_isBlind) m_columns.shuffle();
  setHidden(m_isBlind);
  CompareScript script;
  script.order = m_isAtOnce ? CompareOrder::kAtOnce : CompareOrder::kOneAfterTheOther;
  script.columns = m_columns.columns(params());
  CompareCase item;
  item.name = std::string("1");
  item.place = item.name;
  item.prompt = question.toStdString();
  if (m_read) item.pictures = {m_read};
  script.cases.push_back(std::move(item));
  m_columns.begin();
  start(std::move(script), false);
  return true;
}

void CompareViewModel::start(CompareScript script, bool isBatch) {
  setError({});
  m_isBatch = isBatch;
  m_isStopping = false;
  m_batchDone = 0;
  m_batchTotal = static_cast<int>(script.columns.size() * script.cases.size());
  m_job = std::make_unique<CompareJob>(std::move(script));
  m_timer.start();
  emit runningChanged();
  emit progressChanged();
  emit voteChanged();
}

void CompareViewModel::stop() {
  if (!m_job || m_isStopping) return;
  m_isStopping = true;
  m_job->requestStop();
  emit runningChanged();
}

void CompareViewModel::drain() {
  if (!m_job) return;
  const bool isDone = m_job->isDone();  // before: what is taken is then the last of it
  const int before = m_batchDone;
  for (const CompareEvent& event : m_job->take()) {
    if (std::holds_alternative<AnswerDone>(event)) ++m_batchDone;
    if (!m_isBatch) m_columns.handle(event);
  }
  if (m_batchDone != before) emit progressChanged();
  if (isDone) end();
}

void CompareViewModel::end() {
  m_timer.stop();
  Result<CompareReport> report = m_job->report();
  m_job.reset();
  m_isStopping = false;
  if (!report) {
    setError(report.error());
    setHidden(false);
    if (!m_isBatch) m_columns.finish({});
  } else if (m_isBatch) {
    m_report = std::make_shared<const CompareReport>(*std::move(report));
    m_cases.setReport(m_report);
    emit reportChanged();
  } else {
    m_columns.finish(*report);
    // There is nothing to choose between.
    if (report->answers_there() < static_cast<int>(report->columns.size())) setHidden(false);
  }
  emit runningChanged();
  emit voteChanged();
}

void CompareViewModel::vote(int row) {
  if (!canVote()) return;
  QStringList names;
  for (int i = 0; i < m_columns.count(); ++i) names.append(m_columns.name(i));
  m_votes.add(names, names.value(row));
  setHidden(false);
  emit voteChanged();
  emit tallyChanged();
}

void CompareViewModel::clearTally() {
  m_votes.clear();
  emit tallyChanged();
}

void CompareViewModel::openBatch(const QUrl& file) {
  if (m_job) return;
  const std::string path = file.toLocalFile().toStdString();
  m_pool.start([this, path] {
    Result<CompareScript> script = read_compare_script(path);
    QMetaObject::invokeMethod(this, [this, script = std::move(script)] {
      if (m_job) return;
      setError(script ? std::optional<Error>() : script.error());
      if (!script) return;
      m_batch = *script;
      emit batchChanged();
    });
  });
}

void CompareViewModel::runBatch() {
  if (m_job || !m_batch) return;
  CompareScript script = *m_batch;
  if (script.columns.empty()) script.columns = m_columns.columns(params());
  if (m_isAtOnce) script.order = CompareOrder::kAtOnce;
  start(std::move(script), true);
}

void CompareViewModel::exportReport(const QUrl& file) {
  if (!m_report) return;
  m_pool.start([this, report = m_report, path = file.toLocalFile()] {
    Status written = writeReport(*report, path);
    QMetaObject::invokeMethod(this, [this, path, written = std::move(written)] {
      setError(written ? std::optional<Error>() : written.error());
      if (written) emit exported(path);
    });
  });
}

void CompareViewModel::setError(std::optional<Error> error, ErrorPlace place) {
  m_errorPlace = place;
  m_error = std::move(error);
  emit errorChanged();
}

void CompareViewModel::setHidden(bool hidden) {
  m_isHidden = hidden;
  emit voteChanged();
}

void CompareViewModel::retranslate() {
  m_columns.retranslate();
  emit errorChanged();
}

}  // namespace galago::ui
