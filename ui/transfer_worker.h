// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The downloads of the window, on a thread of its own, so that writing what comes never holds up
// the window. The UI thread queues requests and hears of changes by a signal.
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>

#include "transfer/downloader.h"

namespace galago::ui {

class TransferWorker : public QObject {
  Q_OBJECT

 public:
  TransferWorker();
  ~TransferWorker() override;

  TransferWorker(const TransferWorker&) = delete;
  TransferWorker& operator=(const TransferWorker&) = delete;

  /// Any thread; queued. Begins, or goes on with, the download of that name.
  void requestStart(const QString& id, const DownloadRequest& request);
  void requestPause(const QString& id);
  /// Removes what has come, also when nothing runs.
  void requestCancel(const QString& id, const DownloadRequest& request);
  /// Ends all, keeping what has come; returns when that is so.
  void stop();

 signals:
  void changed(const QString& id, const galago::DownloadStatus& status);

 private:
  void start(const QString& id, const DownloadRequest& request);
  void cancel(const QString& id, const DownloadRequest& request);

  std::map<QString, std::unique_ptr<Downloader>> m_downloads;
};

}  // namespace galago::ui
