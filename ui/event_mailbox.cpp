// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See event_mailbox.h.
#include "event_mailbox.h"

#include <utility>

namespace galago::ui {
namespace {

/// Whether nobody needs to hear of `old` once there is `message`: of progress only the latest
/// counts, and a model of many tensors reports it thousands of times.
bool supersedes(const WorkerMessage& message, const WorkerMessage& old) {
  if (message.request != old.request) return false;
  if (std::holds_alternative<LoadProgress>(message.event)) {
    return std::holds_alternative<LoadProgress>(old.event);
  }
  const auto* progress = std::get_if<StageProgress>(&message.event);
  const auto* before = std::get_if<StageProgress>(&old.event);
  return progress != nullptr && before != nullptr && progress->stage == before->stage;
}

}  // namespace

EventMailbox::EventMailbox(QObject* parent) : QObject(parent) {
  m_timer.setSingleShot(true);
  m_timer.setTimerType(Qt::PreciseTimer);
  connect(&m_timer, &QTimer::timeout, this, &EventMailbox::drain);
}

void EventMailbox::post(WorkerMessage message) {
  bool isFirst = false;
  {
    const std::lock_guard lock(m_mutex);
    if (!m_queue.empty() && supersedes(message, m_queue.back())) {
      m_queue.back() = std::move(message);
    } else {
      m_queue.push_back(std::move(message));
    }
    isFirst = !std::exchange(m_wakePending, true);
  }
  if (isFirst) QMetaObject::invokeMethod(this, &EventMailbox::wake, Qt::QueuedConnection);
}

RequestId EventMailbox::expect(Handler handler) {
  m_handlers.emplace(++m_lastRequest, std::move(handler));
  return m_lastRequest;
}

void EventMailbox::forget(RequestId request) { m_handlers.erase(request); }

void EventMailbox::wake() {
  const qint64 since = m_sinceDrain.isValid() ? m_sinceDrain.elapsed() : kIntervalMs;
  if (since >= kIntervalMs) {
    drain();
  } else {
    m_timer.start(static_cast<int>(kIntervalMs - since));
  }
}

void EventMailbox::drain() {
  std::vector<WorkerMessage> messages;
  {
    const std::lock_guard lock(m_mutex);
    messages.swap(m_queue);
    m_wakePending = false;
  }
  m_sinceDrain.start();
  ++m_drains;
  for (const WorkerMessage& message : messages) {
    const auto found = m_handlers.find(message.request);
    if (found == m_handlers.end()) continue;  // of an earlier question, or of a closed chat
    ++m_delivered;
    const Handler handler = found->second;  // a copy: the handler may forget its own request
    handler(message.event);
  }
}

}  // namespace galago::ui
