// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The chats' store on a thread of its own: the UI thread queues what is to be kept or read and goes
// on. What fails is told by a signal; the window goes on without.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThread>
#include <functional>
#include <memory>
#include <vector>

#include "history/chat_store.h"

namespace galago::ui {

class HistoryWorker : public QObject {
  Q_OBJECT

 public:
  using Work = std::function<Status(ChatStore&)>;
  template <class T>
  using Read = std::function<Result<T>(ChatStore&)>;

  /// Opens the store of that folder; empty: nothing is kept, and all requests are forgotten.
  explicit HistoryWorker(const QString& folder);
  /// Does what is queued first.
  ~HistoryWorker() override;

  HistoryWorker(const HistoryWorker&) = delete;
  HistoryWorker& operator=(const HistoryWorker&) = delete;

  bool isKeeping() const { return m_thread.isRunning(); }

  /// UI thread, as all below. Queued, in order.
  void write(Work work);
  /// Opens the store anew, where it could not be opened or was found damaged. Queued likewise.
  void reopen(DamagedFile damaged);

  /// Queued behind what is to be written; `done` is called on the UI thread, unless `receiver` is
  /// gone by then.
  template <class T>
  void read(Read<T> work, QObject* receiver, std::function<void(T)> done) {
    write([this, work = std::move(work), guard = QPointer<QObject>(receiver),
           done = std::move(done)](ChatStore& store) -> Status {
      Result<T> result = work(store);
      if (!result) return std::move(result).error();
      const auto value = std::make_shared<T>(*std::move(result));
      QMetaObject::invokeMethod(
          this,
          [guard, done, value] {
            if (guard) done(std::move(*value));
          },
          Qt::QueuedConnection);
      return {};
    });
  }

 signals:
  /// A request could not be carried out, or none can (the store is not open).
  void failed(const galago::Error& error);
  void opened();
  /// A damaged file of chats was put aside under this name, and a new one begun.
  void putAside(const QString& name);

 private:
  void open(DamagedFile damaged);

  const QString m_folder;
  QThread m_thread;
  QObject m_place;                     // lives on m_thread
  std::unique_ptr<ChatStore> m_store;  // on m_thread
};

}  // namespace galago::ui

Q_DECLARE_METATYPE(galago::Error)
