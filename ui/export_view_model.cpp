// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See export_view_model.h.
#include "export_view_model.h"

#include <QFileInfo>
#include <filesystem>
#include <utility>

#include "base/disk_room.h"
#include "error_text.h"
#include "work_on_files.h"
#ifdef GALAGO_PACKS
#include "library/data_folder.h"
#include "library/installed_models.h"
#include "transfer/pack.h"
#include "transfer/portable_settings.h"
#endif

namespace galago::ui {

ExportViewModel::ExportViewModel(SettingsStore& settings, QObject* parent)
    : QObject(parent), m_settings(settings) {
  m_pool.setMaxThreadCount(1);
}

ExportViewModel::~ExportViewModel() {
  m_stop.request_stop();
  m_pool.clear();
  m_pool.waitForDone();
}

bool ExportViewModel::isOffered() {
#ifdef GALAGO_PACKS
  return true;
#else
  return false;
#endif
}

QString ExportViewModel::fileName() const { return QFileInfo(m_file).fileName(); }

QUrl ExportViewModel::folderUrl() const {
  return QUrl::fromLocalFile(QFileInfo(m_file).absolutePath());
}

QString ExportViewModel::errorTitle() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kExport).title : QString();
}

QString ExportViewModel::errorHint() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kExport).hint : QString();
}

QString ExportViewModel::errorDetail() const {
  return m_error ? ui::errorDetail(*m_error) : QString();
}

void ExportViewModel::exportModel(const QString& id, const QUrl& file) {
  Wish wish;
  wish.ids = {id};
  begin(std::move(wish), file);
}

void ExportViewModel::exportBundle(const QStringList& ids, bool settings, bool samples,
                                   const QUrl& file) {
  Wish wish;
  wish.ids = ids;
  wish.isBundle = true;
  wish.hasSettings = settings;
  wish.hasSamples = samples;
  begin(std::move(wish), file);
}

void ExportViewModel::begin(Wish wish, const QUrl& file) {
  if (m_share >= 0 || !file.isLocalFile()) return;
  wish.file = file.toLocalFile();
  const QLatin1String ending(".galago");
  if (!wish.file.endsWith(ending, Qt::CaseInsensitive)) wish.file += ending;
  if (wish.hasSettings) wish.settingsFile = m_settings.savedFile();
  m_file = wish.file;
  m_error.reset();
  m_done = false;
  m_share = 0;
  m_stop = std::stop_source();
  emit changed();
  m_pool.start([this, wish = std::move(wish), stop = m_stop.get_token()] {
    const auto progress = shareTo(this, [this](double share) {
      if (m_share < 0) return;
      m_share = share;
      emit changed();
    });
    const Status status = guarded([&] { return write(wish, stop, progress); });
    onThreadOf(this, [this, status] {
      m_share = -1;
      m_done = status.has_value();
      if (!status && status.error().code != Errc::kCancelled) m_error = status.error();
      emit changed();
    });
  });
}

Status ExportViewModel::write([[maybe_unused]] const Wish& wish,
                              [[maybe_unused]] const std::stop_token& stop,
                              [[maybe_unused]] const std::function<void(double)>& progress) {
#ifdef GALAGO_PACKS
  const std::filesystem::path target = wish.file.toStdString();
  BundleContent content;
  std::uint64_t bytes = 0;
  for (const QString& id : wish.ids) {
    GALAGO_TRY(InstalledModel model, find_installed_model(id.toStdString()));
    bytes += model.size_bytes();
    content.models.push_back(std::move(model));
  }
  GALAGO_TRY(check_room(target.parent_path(), bytes));
  if (!wish.isBundle) return export_pack(content.models.front(), target, stop, in_shares(progress));
  PortableSettings settings;
  if (wish.hasSettings) {
    GALAGO_TRY(settings, PortableSettings::of(wish.settingsFile.toStdString()));
    content.settings = settings.path();
  }
  if (wish.hasSamples) content.samples = samples_folder();
  return export_bundle(content, target, stop, in_shares(progress));
#else
  return Error{Errc::kUnsupported, "this Galago was built without packs", {}};
#endif
}

void ExportViewModel::stop() { m_stop.request_stop(); }

void ExportViewModel::dismiss() {
  if (m_share >= 0) return;
  m_done = false;
  m_error.reset();
  emit changed();
}

void ExportViewModel::retranslate() { emit changed(); }

}  // namespace galago::ui
