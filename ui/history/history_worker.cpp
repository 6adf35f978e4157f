// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See history_worker.h.
#include "history/history_worker.h"

#include <utility>

#include "base/guarded.h"

namespace galago::ui {

HistoryWorker::HistoryWorker(const QString& folder) : m_folder(folder) {
  qRegisterMetaType<galago::Error>();
  if (folder.isEmpty()) return;
  m_thread.setObjectName(QStringLiteral("history"));
  m_place.moveToThread(&m_thread);
  m_thread.start();
  QMetaObject::invokeMethod(
      &m_place, [this] { open(DamagedFile::kFoundIsPutAside); }, Qt::QueuedConnection);
}

HistoryWorker::~HistoryWorker() {
  if (!m_thread.isRunning()) return;
  // The store's connection belongs to its thread, and the window is gone: nobody undoes any more.
  QMetaObject::invokeMethod(
      &m_place,
      [this] {
        if (m_store) {
          const Status ignored = guarded([this] { return m_store->purgeOwn(); });
        }
        m_store.reset();
      },
      Qt::BlockingQueuedConnection);
  m_thread.quit();
  m_thread.wait();
}

void HistoryWorker::open(DamagedFile damaged) {
  m_store.reset();
  const Status status = guarded([&]() -> Status {
    GALAGO_TRY(m_store, ChatStore::open(m_folder, damaged));
    return {};
  });
  if (!status) {
    emit failed(status.error());
    return;
  }
  emit opened();
  if (!m_store->asideName().isEmpty()) emit putAside(m_store->asideName());
}

void HistoryWorker::reopen(DamagedFile damaged) {
  if (!isKeeping()) return;
  QMetaObject::invokeMethod(
      &m_place, [this, damaged] { open(damaged); }, Qt::QueuedConnection);
}

void HistoryWorker::write(Work work) {
  if (!isKeeping()) return;
  QMetaObject::invokeMethod(
      &m_place,
      [this, work = std::move(work)] {
        if (!m_store) return;  // that was told when it could not be opened
        const Status status = guarded([&] { return work(*m_store); });
        if (!status) emit failed(status.error());
      },
      Qt::QueuedConnection);
}

}  // namespace galago::ui
