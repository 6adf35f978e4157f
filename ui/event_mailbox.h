// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Carries messages from worker threads to the UI thread without flooding it: messages pile up in a
// queue, one wake-up is posted however many there are, and they are handed over at most 30 times a
// second. Of progress reported several times in between only the latest is, and messages of
// requests that nobody waits for any more are dropped.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "worker_message.h"

namespace galago::ui {

class EventMailbox : public QObject {
  Q_OBJECT

 public:
  using Handler = std::function<void(const WorkerEvent&)>;

  /// The shortest time between two deliveries.
  static constexpr int kIntervalMs = 33;

  explicit EventMailbox(QObject* parent = nullptr);

  /// Any thread. Takes a mutex for one push; never waits for the UI thread.
  void post(WorkerMessage message);

  /// UI thread, as all below. A new request id whose messages go to `handler`, in order.
  RequestId expect(Handler handler);
  /// From now on messages of this request are dropped. Safe inside its own handler.
  void forget(RequestId request);

  /// Handed over so far, and the number of times the queue was emptied; for tests.
  int delivered() const { return m_delivered; }

  int drains() const { return m_drains; }

 private:
  void wake();
  void drain();

  std::mutex m_mutex;
  std::vector<WorkerMessage> m_queue;  // guarded by m_mutex
  bool m_wakePending = false;          // guarded by m_mutex

  std::map<RequestId, Handler> m_handlers;
  RequestId m_lastRequest = 0;
  QTimer m_timer;
  QElapsedTimer m_sinceDrain;
  int m_delivered = 0;
  int m_drains = 0;
};

}  // namespace galago::ui
