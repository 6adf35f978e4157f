// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See library_folder_view_model.h.
#include "library_folder_view_model.h"

#include <QDir>
#include <filesystem>
#include <memory>
#include <utility>

#include "base/disk_room.h"
#include "error_text.h"
#include "library/library_folder.h"
#include "library/move_library.h"
#include "work_on_files.h"

namespace galago::ui {
namespace {

namespace fs = std::filesystem;

QString text(const fs::path& path) { return QString::fromStdString(path.string()); }

double freeOn(const fs::path& folder) {
  const auto bytes = free_room(folder);
  return bytes ? static_cast<double>(*bytes) : -1;
}

}  // namespace

LibraryFolderViewModel::LibraryFolderViewModel(QObject* parent)
    : QObject(parent), m_fixed(!qEnvironmentVariableIsEmpty("GALAGO_MODELS")) {
  m_pool.setMaxThreadCount(1);
}

LibraryFolderViewModel::~LibraryFolderViewModel() {
  m_stop.request_stop();
  m_pool.clear();
  m_pool.waitForDone();
}

QString LibraryFolderViewModel::errorTitle() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kFolder).title : QString();
}

QString LibraryFolderViewModel::errorHint() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kFolder).hint : QString();
}

QString LibraryFolderViewModel::errorDetail() const {
  return m_error ? ui::errorDetail(*m_error) : QString();
}

LibraryFolderViewModel::Seen LibraryFolderViewModel::look() {
  const fs::path folder = library_folder();
  return {text(folder), chosen_library_folders().library.empty(), freeOn(folder)};
}

void LibraryFolderViewModel::take(const Seen& seen) {
  m_path = seen.path;
  m_usual = seen.isUsual;
  m_freeBytes = seen.freeBytes;
}

void LibraryFolderViewModel::run(std::function<Status()> work, std::function<void()> then) {
  m_checking = true;
  m_error.reset();
  emit changed();
  m_pool.start([this, work = std::move(work), then = std::move(then)] {
    Seen seen;
    const Status status = guarded(work);
    const Status looked = guarded([&]() -> Status {
      seen = look();
      return {};
    });
    onThreadOf(this, [this, status, looked, seen, then] {
      m_checking = false;
      m_moveShare = -1;
      if (looked) take(seen);
      if (!status && status.error().code != Errc::kCancelled) m_error = status.error();
      if (then) then();
      emit changed();
    });
  });
}

void LibraryFolderViewModel::refresh() {
  if (m_checking || m_moveShare >= 0) return;
  run([]() -> Status { return {}; }, {});
}

void LibraryFolderViewModel::choose(const QString& folder) {
  if (m_checking || m_fixed) return;
  QString path = folder.trimmed();
  if (path == QLatin1String("~") || path.startsWith(QLatin1String("~/")))
    path = QDir::homePath() + path.mid(1);
  const fs::path wanted = QDir::cleanPath(path).toStdString();
  m_candidate.clear();

  struct Found {
    LibraryContent content;
    double free = -1;
    bool isSet = false;
  };

  const auto found = std::make_shared<Found>();
  run(
      [wanted, found]() -> Status {
        const fs::path current = library_folder();
        if (wanted == current) return {};
        GALAGO_TRY(check_library_folder(wanted));
        found->content = library_content(current);
        found->free = freeOn(wanted);
        if (found->content.models > 0) return {};
        found->isSet = true;
        return set_library_folder(wanted);
      },
      [this, wanted, found] {
        if (found->isSet) emit folderChanged();
        if (m_error || found->content.models == 0) return;
        m_candidate = text(wanted);
        m_candidateFreeBytes = found->free;
        m_modelCount = found->content.models;
        m_modelBytes = static_cast<double>(found->content.bytes);
      });
}

void LibraryFolderViewModel::chooseUrl(const QUrl& folder) {
  if (folder.isLocalFile()) choose(folder.toLocalFile());
}

void LibraryFolderViewModel::reset() { choose(text(usual_library_folder())); }

void LibraryFolderViewModel::moveModels() {
  if (m_checking || m_candidate.isEmpty()) return;
  const QString to = std::exchange(m_candidate, {});
  const QString from = m_path;
  m_stop = std::stop_source();
  m_moveShare = 0;
  const auto progress = shareTo(this, [this](double share) {
    if (m_moveShare < 0) return;
    m_moveShare = share;
    emit changed();
  });
  run([from, to, stop = m_stop.get_token(),
       progress] { return move_library(from.toStdString(), to.toStdString(), stop, progress); },
      [this, from, to] {
        emit moved(from, to);
        emit folderChanged();
      });
}

void LibraryFolderViewModel::leaveModels() {
  if (m_checking || m_candidate.isEmpty()) return;
  const fs::path to = std::exchange(m_candidate, {}).toStdString();
  run([to] { return set_library_folder(to); }, [this] { emit folderChanged(); });
}

void LibraryFolderViewModel::keepOldFolder() {
  m_candidate.clear();
  emit changed();
}

void LibraryFolderViewModel::stopMoving() { m_stop.request_stop(); }

void LibraryFolderViewModel::retranslate() { emit changed(); }

}  // namespace galago::ui
