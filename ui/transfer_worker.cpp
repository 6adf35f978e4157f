// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See transfer_worker.h.
#include "transfer_worker.h"

#include <QThread>

#include "transfer/model_download.h"

namespace galago::ui {

TransferWorker::TransferWorker() { qRegisterMetaType<galago::DownloadStatus>(); }

TransferWorker::~TransferWorker() = default;

void TransferWorker::requestStart(const QString& id, const DownloadRequest& request) {
  QMetaObject::invokeMethod(
      this, [this, id, request] { start(id, request); }, Qt::QueuedConnection);
}

void TransferWorker::requestPause(const QString& id) {
  QMetaObject::invokeMethod(
      this,
      [this, id] {
        if (const auto found = m_downloads.find(id); found != m_downloads.end())
          found->second->pause();
      },
      Qt::QueuedConnection);
}

void TransferWorker::requestCancel(const QString& id, const DownloadRequest& request) {
  QMetaObject::invokeMethod(
      this, [this, id, request] { cancel(id, request); }, Qt::QueuedConnection);
}

void TransferWorker::stop() {
  if (!thread()->isRunning()) return;
  QMetaObject::invokeMethod(
      this, [this] { m_downloads.clear(); }, Qt::BlockingQueuedConnection);
}

void TransferWorker::start(const QString& id, const DownloadRequest& request) {
  std::unique_ptr<Downloader>& download = m_downloads[id];
  const DownloadPhase phase = download ? download->status().phase : DownloadPhase::kDone;
  if (phase == DownloadPhase::kPaused || phase == DownloadPhase::kFailed ||
      phase == DownloadPhase::kWaiting) {
    download->resume();
    return;
  }
  if (phase != DownloadPhase::kDone && phase != DownloadPhase::kCancelled) return;  // it runs
  download = std::make_unique<Downloader>(request);
  connect(download.get(), &Downloader::changed, this,
          [this, id, running = download.get()] { emit changed(id, running->status()); });
  download->start();
}

void TransferWorker::cancel(const QString& id, const DownloadRequest& request) {
  if (const auto found = m_downloads.find(id); found != m_downloads.end()) {
    found->second->cancel();
    return;
  }
  DownloadStatus status;
  status.phase = DownloadPhase::kCancelled;
  if (Status removed = discard_download(request); !removed) {
    status.phase = DownloadPhase::kFailed;
    status.error = std::move(removed).error();
  }
  emit changed(id, status);
}

}  // namespace galago::ui
