// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See frame_watch.h.
#include "frame_watch.h"

#include <algorithm>
#include <chrono>

namespace galago {
namespace {

constexpr int kIntervalMs = 10;

void measureStarvation(const std::stop_token& stop, std::atomic<qint64>& longest) {
  while (!stop.stop_requested()) {
    QElapsedTimer timer;
    timer.start();
    std::this_thread::sleep_for(std::chrono::milliseconds(kIntervalMs));
    longest = std::max<qint64>(longest, timer.elapsed() - kIntervalMs);
  }
}

}  // namespace

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
  m_longestGap = 0;
  m_longestTurn = 0;
  m_longestStarvation = 0;
  m_sinceFrame.start();
  m_sinceTurn.start();
  m_connection = connect(window, &QQuickWindow::frameSwapped, this, &FrameWatch::painted);
  m_timer.start();
  m_sleeper = std::jthread(
      [this](const std::stop_token& stop) { measureStarvation(stop, m_longestStarvation); });
}

void FrameWatch::stop() {
  if (!m_timer.isActive()) return;
  tick();
  m_longestGap = std::max(m_longestGap, m_sinceFrame.elapsed());
  m_timer.stop();
  disconnect(m_connection);
  m_sleeper = {};
  emit stopped();
}

void FrameWatch::tick() {
  m_longestTurn = std::max(m_longestTurn, m_sinceTurn.restart());
  if (m_window) m_window->update();
}

void FrameWatch::painted() {
  ++m_count;
  m_longestGap = std::max(m_longestGap, m_sinceFrame.restart());
}

}  // namespace galago
