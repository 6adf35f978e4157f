// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See import_view_model.h.
#include "import_view_model.h"

#include <QTemporaryDir>
#include <algorithm>
#include <memory>
#include <utility>

#include "import_work.h"
#include "library/user_folders.h"
#include "work_on_files.h"

namespace galago::ui {

ImportViewModel::ImportViewModel(SettingsStore& settings, QObject* parent)
    : QObject(parent), m_settings(settings) {
  m_lookPool.setMaxThreadCount(1);
  m_workPool.setMaxThreadCount(1);
  connect(&m_entries, &ImportListModel::changed, this, &ImportViewModel::busyChanged);
}

ImportViewModel::~ImportViewModel() {
  for (auto& [id, stop] : m_stops) stop.request_stop();
  m_lookPool.clear();
  m_workPool.clear();
  m_lookPool.waitForDone();
  m_workPool.waitForDone();
}

bool ImportViewModel::isBusy() const {
  const auto& entries = m_entries.entries();
  return std::any_of(entries.begin(), entries.end(), [](const ImportEntry& entry) {
    return entry.step == ImportStep::kWaiting || entry.step == ImportStep::kWorking;
  });
}

int ImportViewModel::readyCount() const {
  const auto& entries = m_entries.entries();
  return static_cast<int>(std::count_if(
      entries.begin(), entries.end(),
      [](const ImportEntry& entry) { return entry.step == ImportStep::kReady && !entry.missing; }));
}

void ImportViewModel::setLooking(int change) {
  m_looking += change;
  emit lookingChanged();
}

void ImportViewModel::add(const QList<QUrl>& urls) {
  std::vector<std::filesystem::path> paths;
  for (const QUrl& url : urls)
    if (url.isLocalFile()) paths.emplace_back(url.toLocalFile().toStdString());
  if (paths.empty()) return;
  setLooking(1);
  m_lookPool.start([this, paths = std::move(paths)] {
    std::vector<ImportEntry> entries;
    const Status status = guarded([&]() -> Status {
      entries = entriesOf(paths);
      return {};
    });
    if (!status) {
      ImportEntry entry;
      entry.step = ImportStep::kFailed;
      entry.source.path = paths.front();
      entry.name = QString::fromStdString(paths.front().filename().string());
      entry.error = status.error();
      entries.push_back(std::move(entry));
    }
    onThreadOf(this, [this, entries]() mutable {
      take(std::move(entries));
      setLooking(-1);
    });
  });
}

void ImportViewModel::take(std::vector<ImportEntry> entries) {
  // What is given once more takes the place of what was looked into before.
  for (const ImportEntry& entry : entries) {
    const auto& known = m_entries.entries();
    const auto same = std::find_if(known.begin(), known.end(), [&](const ImportEntry& old) {
      return old.source.path == entry.source.path && m_stops.count(old.id) == 0;
    });
    if (same != known.end()) m_entries.remove(same->id);
  }
  for (ImportEntry& entry : entries) entry.id = m_nextId++;
  m_entries.append(std::move(entries));
}

void ImportViewModel::start(int id) {
  const ImportEntry* const entry = m_entries.find(id);
  if (entry == nullptr || entry->missing || m_stops.count(id) > 0) return;
  if (entry->step == ImportStep::kReady) {
    begin(*entry);
  } else if (entry->step == ImportStep::kFailed) {
    lookAgain(*entry);
  }
}

void ImportViewModel::startAll() {
  std::vector<int> ids;
  for (const ImportEntry& entry : m_entries.entries())
    if (entry.step == ImportStep::kReady) ids.push_back(entry.id);
  for (const int id : ids) start(id);
}

void ImportViewModel::begin(const ImportEntry& entry) {
  const int id = entry.id;
  const std::stop_token stop = m_stops[id].get_token();
  m_entries.update(id, [](ImportEntry& changed) {
    changed.step = ImportStep::kWaiting;
    changed.share = 0;
    changed.error.reset();
  });
  m_workPool.start([this, id, stop, entry = *m_entries.find(id)] {
    onThreadOf(this, [this, id] {
      m_entries.update(id, [](ImportEntry& changed) { changed.step = ImportStep::kWorking; });
    });
    // A bundle's settings come beside those in use, which are changed on the UI thread.
    const auto folder = std::make_shared<QTemporaryDir>();
    ImportPlaces places;
    places.settings = folder->filePath(QStringLiteral("galago.conf")).toStdString();
    places.samples = user_data_folder() / "samples";
    const auto progress = shareTo(this, [this, id](double share) {
      m_entries.update(id, [share](ImportEntry& changed) { changed.share = share; });
    });
    const Status status = stop.stop_requested()
                              ? Status(Error{Errc::kCancelled, {}, {}})
                              : guarded([&] { return importEntry(entry, places, stop, progress); });
    onThreadOf(this, [this, id, status, places, folder] { finish(id, status, places.settings); });
  });
}

void ImportViewModel::finish(int id, const Status& status, const std::filesystem::path& settings) {
  m_stops.erase(id);
  const ImportEntry* const entry = m_entries.find(id);
  const bool takesSettings = entry != nullptr && entry->takesSettings;
  const bool takesSamples = entry != nullptr && entry->hasSamples && entry->takesSamples;
  m_entries.update(id, [&](ImportEntry& changed) {
    const bool isStopped = !status && status.error().code == Errc::kCancelled;
    changed.step = status      ? ImportStep::kDone
                   : isStopped ? ImportStep::kReady
                               : ImportStep::kFailed;
    if (!status && !isStopped) changed.error = status.error();
  });
  if (!status) return;
  if (takesSettings) m_settings.takeFrom(QString::fromStdString(settings.string()));
  if (takesSamples) emit samplesImported();
  emit imported();
}

void ImportViewModel::stop(int id) {
  if (const auto found = m_stops.find(id); found != m_stops.end()) found->second.request_stop();
}

void ImportViewModel::dismiss(int id) {
  if (m_stops.count(id) == 0) m_entries.remove(id);
}

void ImportViewModel::choosePart(int id, const QUrl& folder) {
  const ImportEntry* const entry = m_entries.find(id);
  if (entry == nullptr || !entry->missing || !folder.isLocalFile()) return;
  const std::filesystem::path path = folder.toLocalFile().toStdString();
  ImportEntry changed = *entry;
  const bool isBase = changed.missing->part == MissingFolder::Part::kBase;
  (isBase ? changed.source.folders.base : changed.source.folders.tower) = path;
  lookAgain(changed);
}

void ImportViewModel::lookAgain(const ImportEntry& entry) {
  setLooking(1);
  m_lookPool.start([this, entry] {
    ImportEntry seen = entry;
    const Status status = guarded([&]() -> Status {
      seen = lookedAt(entry);
      return {};
    });
    if (!status) {
      seen.step = ImportStep::kFailed;
      seen.error = status.error();
    }
    // A folder that will not do is asked for once more.
    if (seen.step == ImportStep::kFailed && entry.missing) {
      seen.missing = entry.missing;
      const bool isBase = entry.missing->part == MissingFolder::Part::kBase;
      (isBase ? seen.source.folders.base : seen.source.folders.tower).clear();
    }
    onThreadOf(this, [this, seen] {
      m_entries.update(seen.id, [&](ImportEntry& changed) { changed = seen; });
      emit busyChanged();
      setLooking(-1);
    });
  });
}

void ImportViewModel::chooseSize(int id, int index) {
  m_entries.update(id, [index](ImportEntry& changed) {
    if (index >= 0 && index < static_cast<int>(changed.sizes.size())) changed.size = index;
  });
}

void ImportViewModel::takeSettings(int id, bool take) {
  m_entries.update(id, [take](ImportEntry& changed) { changed.takesSettings = take; });
}

void ImportViewModel::takeSamples(int id, bool take) {
  m_entries.update(id, [take](ImportEntry& changed) { changed.takesSamples = take; });
}

void ImportViewModel::retranslate() { m_entries.retranslate(); }

}  // namespace galago::ui
