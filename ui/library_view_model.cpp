// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See library_view_model.h.
#include "library_view_model.h"

#include <QStringList>
#include <algorithm>
#include <numeric>
#include <utility>

#include "error_text.h"
#include "library/catalogue.h"
#include "transfer/model_download.h"
#include "work_on_files.h"

namespace galago::ui {
namespace {

bool isOver(DownloadPhase phase) {
  return phase == DownloadPhase::kIdle || phase == DownloadPhase::kDone ||
         phase == DownloadPhase::kCancelled;
}

}  // namespace

LibraryViewModel::LibraryViewModel(const SettingsStore& settings, QObject* parent)
    : QObject(parent), m_settings(settings) {
  m_pool.setMaxThreadCount(1);
  m_checkPool.setMaxThreadCount(1);
  connect(&m_transfers, &TransferWorker::changed, this, &LibraryViewModel::takeTransfer,
          Qt::QueuedConnection);
  m_transferThread.setObjectName(QStringLiteral("transfer"));
  m_transfers.moveToThread(&m_transferThread);
  m_transferThread.start();
}

LibraryViewModel::~LibraryViewModel() {
  m_verifying.request_stop();
  m_checkPool.clear();
  m_pool.clear();
  m_checkPool.waitForDone();
  m_pool.waitForDone();
  m_transfers.stop();
  m_transferThread.quit();
  m_transferThread.wait();
}

double LibraryViewModel::freeDiskBytes() const {
  return m_scan.free_disk_bytes ? static_cast<double>(*m_scan.free_disk_bytes) : -1;
}

double LibraryViewModel::freeMemoryBytes() const {
  return m_scan.free_memory_bytes ? static_cast<double>(*m_scan.free_memory_bytes) : -1;
}

QString LibraryViewModel::problems() const {
  QStringList lines;
  for (const Error& problem : m_scan.problems) lines += ui::errorDetail(problem);
  return lines.join(QLatin1Char('\n'));
}

QString LibraryViewModel::removedName() const {
  if (m_scan.removed.empty() || m_scan.removed.front().paths.empty()) return {};
  return QString::fromStdString(m_scan.removed.front().paths.front().filename().string());
}

double LibraryViewModel::removedBytes() const {
  return std::accumulate(
      m_scan.removed.begin(), m_scan.removed.end(), 0.0,
      [](double sum, const TrashEntry& entry) { return sum + static_cast<double>(entry.bytes); });
}

QString LibraryViewModel::errorTitle() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kLibrary).title : QString();
}

QString LibraryViewModel::errorDetail() const {
  return m_error ? ui::errorDetail(*m_error) : QString();
}

void LibraryViewModel::refresh() {
  if (m_scanning) {
    m_scanAgain = true;
    return;
  }
  m_scanning = true;
  emit scanningChanged();
  const auto context = static_cast<std::uint64_t>(std::max(0, m_settings.contextSize()));
  m_pool.start([this, context] {
    LibraryScan scan;
    const Status status = guarded([&]() -> Status {
      scan = scanForPage(context);
      return {};
    });
    if (!status) scan.problems.push_back(status.error());
    QMetaObject::invokeMethod(
        this, [this, found = std::move(scan)]() mutable { takeScan(std::move(found)); },
        Qt::QueuedConnection);
  });
}

void LibraryViewModel::takeScan(LibraryScan scan) {
  // What is going on is known here better than on the disk.
  for (std::vector<LibraryEntry>* entries : {&scan.installed, &scan.available}) {
    for (LibraryEntry& entry : *entries) {
      const LibraryEntry* const before = find(entry.id);
      if (before == nullptr) continue;
      if (!isOver(before->transfer.phase)) entry.transfer = before->transfer;
      if (!before->installed || !entry.installed) continue;
      entry.check = before->check;
      entry.check_progress = before->check_progress;
      entry.check_detail = before->check_detail;
    }
  }
  m_installed.setEntries(std::exchange(scan.installed, {}));
  m_available.setEntries(std::exchange(scan.available, {}));
  m_scan = std::move(scan);
  m_hasScanned = true;
  updateTransferring();
  m_scanning = false;
  emit scanningChanged();
  emit scanned();
  if (std::exchange(m_scanAgain, false)) refresh();
}

void LibraryViewModel::get(const QString& id) {
  const LibraryEntry* const entry = find(id);
  if (entry == nullptr || !entry->download) return;
  auto request = model_download(*entry->download, m_scan.library);
  update(id, [&](LibraryEntry& changed) {
    changed.transfer.phase = request ? DownloadPhase::kChecking : DownloadPhase::kFailed;
    changed.transfer.error.reset();
    if (!request) changed.transfer.error = request.error();
  });
  if (request) m_transfers.requestStart(id, *request);
}

void LibraryViewModel::pause(const QString& id) { m_transfers.requestPause(id); }

void LibraryViewModel::cancel(const QString& id) {
  const LibraryEntry* const entry = find(id);
  if (entry == nullptr || !entry->download) return;
  if (const auto request = model_download(*entry->download, m_scan.library); request)
    m_transfers.requestCancel(id, *request);
}

void LibraryViewModel::takeTransfer(const QString& id, const DownloadStatus& status) {
  update(id, [&](LibraryEntry& entry) {
    entry.transfer = status;
    if (status.phase != DownloadPhase::kDone) return;
    entry.check = entry.installed ? CheckState::kWhole : CheckState::kUnknown;
    entry.check_detail.clear();
  });
  if (!isOver(status.phase)) return;
  refresh();
  if (status.phase == DownloadPhase::kDone) emit libraryChanged();
}

void LibraryViewModel::verify(const QString& id) {
  const LibraryEntry* const entry = find(id);
  if (entry == nullptr || !entry->installed || entry->check == CheckState::kChecking) return;
  if (m_verifying.stop_requested()) m_verifying = std::stop_source();
  update(id, [](LibraryEntry& changed) {
    changed.check = CheckState::kChecking;
    changed.check_progress = 0;
  });
  m_checkPool.start([this, id, model = *entry->installed, stop = m_verifying.get_token()] {
    const auto progress = shareTo(this, [this, id](double share) {
      update(id, [&](LibraryEntry& changed) { changed.check_progress = share; });
    });
    QStringList damaged;
    const Status status = guarded([&]() -> Status {
      GALAGO_TRY(damaged, damagedFiles(model, stop, progress));
      return {};
    });
    QMetaObject::invokeMethod(
        this,
        [this, id, status, damaged] {
          update(id, [&](LibraryEntry& changed) {
            changed.check = !status             ? CheckState::kUnknown
                            : damaged.isEmpty() ? CheckState::kWhole
                                                : CheckState::kDamaged;
            changed.check_detail = damaged.join(QStringLiteral(", "));
          });
        },
        Qt::QueuedConnection);
  });
}

void LibraryViewModel::stopVerifying() { m_verifying.request_stop(); }

void LibraryViewModel::addAddresses(const QString& first, const QString& second) {
  changeLibrary([addresses = std::vector<std::string>{first.trimmed().toStdString(),
                                                      second.trimmed().toStdString()}]() -> Status {
    GALAGO_TRY(CatalogueEntry entry, entry_from_urls(addresses));
    return add_to_user_catalogue(std::move(entry));
  });
}

void LibraryViewModel::forget(const QString& id) {
  const LibraryEntry* const entry = m_available.find(id);
  if (entry == nullptr || !entry->download || !entry->isOwn) return;
  changeLibrary([name = entry->download->id] { return remove_from_user_catalogue(name); });
}

void LibraryViewModel::updateTransferring() {
  const auto isRunning = [](const LibraryEntry& entry) {
    const DownloadPhase phase = entry.transfer.phase;
    return !isOver(phase) && phase != DownloadPhase::kPaused && phase != DownloadPhase::kFailed;
  };
  const bool before = m_transferring;
  const auto& here = m_installed.entries();
  const auto& there = m_available.entries();
  m_transferring = std::any_of(here.begin(), here.end(), isRunning) ||
                   std::any_of(there.begin(), there.end(), isRunning);
  if (m_transferring != before) emit transferringChanged();
}

void LibraryViewModel::remove(const QString& id) {
  const LibraryEntry* const entry = m_installed.find(id);
  if (entry == nullptr || !entry->installed) return;
  changeLibrary([model = *entry->installed]() -> Status {
    GALAGO_TRY(const auto paths, removable_paths(model));
    GALAGO_TRY(move_to_trash(model.root.folder, paths));
    return {};
  });
}

void LibraryViewModel::putBack() {
  if (m_scan.removed.empty()) return;
  changeLibrary([library = m_scan.library, id = m_scan.removed.front().id] {
    return restore_from_trash(library, id);
  });
}

void LibraryViewModel::deleteForGood() {
  changeLibrary([library = m_scan.library, entries = m_scan.removed]() -> Status {
    for (const TrashEntry& entry : entries) GALAGO_TRY(purge_from_trash(library, entry.id));
    return {};
  });
}

QUrl LibraryViewModel::folderUrl(const QString& id) const {
  const LibraryEntry* const entry = find(id);
  return entry == nullptr ? QUrl() : QUrl::fromLocalFile(entry->folder);
}

void LibraryViewModel::retranslate() {
  m_installed.retranslate();
  m_available.retranslate();
  emit errorChanged();
}

const LibraryEntry* LibraryViewModel::find(const QString& id) const {
  const LibraryEntry* const entry = m_installed.find(id);
  return entry != nullptr ? entry : m_available.find(id);
}

void LibraryViewModel::update(const QString& id, const std::function<void(LibraryEntry&)>& change) {
  m_installed.update(id, change);
  m_available.update(id, change);
  updateTransferring();
}

void LibraryViewModel::changeLibrary(std::function<Status()> work) {
  setError({});
  m_pool.start([this, run = std::move(work)] {
    const Status status = guarded(run);
    QMetaObject::invokeMethod(
        this,
        [this, status] {
          if (!status) setError(status.error());
          refresh();
          emit libraryChanged();
        },
        Qt::QueuedConnection);
  });
}

void LibraryViewModel::setError(std::optional<Error> error) {
  m_error = std::move(error);
  emit errorChanged();
}

}  // namespace galago::ui
