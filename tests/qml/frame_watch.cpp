// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See frame_watch.h.
#include "frame_watch.h"

#include <QFile>
#include <algorithm>

namespace galago {
namespace {

constexpr int kIntervalMs = 10;

/// In ms, how long this thread has been ready to run without running. 0 where the kernel keeps no
/// count of it.
qint64 waitedForProcessor() {
  QFile file(QStringLiteral("/proc/thread-self/schedstat"));
  if (!file.open(QIODevice::ReadOnly)) return 0;
  const QList<QByteArray> numbers = file.readAll().split(' ');
  return numbers.size() < 2 ? 0 : numbers[1].toLongLong() / 1'000'000;
}

}  // namespace

void FrameWatch::Gaps::begin() {
  longest = 0;
  waited = waitedForProcessor();
  since.start();
}

void FrameWatch::Gaps::mark() {
  const qint64 waitedNow = waitedForProcessor();
  longest = std::max(longest, since.restart() - (waitedNow - waited));
  waited = waitedNow;
}

FrameWatch::FrameWatch() {
  m_timer.setInterval(kIntervalMs);
  m_timer.setTimerType(Qt::PreciseTimer);
  connect(&m_timer, &QTimer::timeout, this, &FrameWatch::tick);
}

FrameWatch::~FrameWatch() = default;

void FrameWatch::watch(QQuickWindow* window) {
  stop();
  m_window = window;
  m_count = 0;
  m_frames.begin();
  m_turns.begin();
  m_connection = connect(window, &QQuickWindow::frameSwapped, this, &FrameWatch::painted);
  m_timer.start();
}

void FrameWatch::stop() {
  if (!m_timer.isActive()) return;
  m_timer.stop();
  disconnect(m_connection);
  m_frames.mark();
  m_turns.mark();
  emit stopped();
}

void FrameWatch::tick() {
  m_turns.mark();
  if (m_window) m_window->update();
}

void FrameWatch::painted() {
  ++m_count;
  m_frames.mark();
}

}  // namespace galago
