// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_message.h.
#include "history/chat_message.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <atomic>

namespace galago::ui {

// Milliseconds, then 20 bits that are random, so that two programs at the same file do not meet.
qint64 newChatOrMessageId() {
  static std::atomic<qint64> last = 0;
  const qint64 now =
      (QDateTime::currentMSecsSinceEpoch() << 20) | QRandomGenerator::global()->bounded(1 << 20);
  qint64 before = last.load();
  qint64 next = 0;
  do {
    next = now > before ? now : before + 1;
  } while (!last.compare_exchange_weak(before, next));
  return next;
}

}  // namespace galago::ui
