// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Whether a window goes on painting. Asks for a frame every few milliseconds and measures the time
// between those that came. A plain thread that only sleeps is measured beside it: how long that is
// kept waiting is the machine's doing, not the program's.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QTimer>
#include <atomic>
#include <thread>

namespace galago {

class FrameWatch : public QObject {
  Q_OBJECT
  Q_PROPERTY(int count READ count NOTIFY stopped)
  /// In ms, between two frames, and between two turns of the event loop.
  Q_PROPERTY(int longestGap READ longestGap NOTIFY stopped)
  Q_PROPERTY(int longestTurn READ longestTurn NOTIFY stopped)
  /// In ms, that the sleeping thread was kept waiting.
  Q_PROPERTY(int longestStarvation READ longestStarvation NOTIFY stopped)

 public:
  FrameWatch();
  ~FrameWatch() override;

  FrameWatch(const FrameWatch&) = delete;
  FrameWatch& operator=(const FrameWatch&) = delete;

  int count() const { return m_count; }

  int longestGap() const { return static_cast<int>(m_longestGap); }

  int longestTurn() const { return static_cast<int>(m_longestTurn); }

  int longestStarvation() const { return static_cast<int>(m_longestStarvation.load()); }

  /// Begins anew with this window.
  Q_INVOKABLE void watch(QQuickWindow* window);
  Q_INVOKABLE void stop();

 signals:
  void stopped();

 private:
  void tick();
  void painted();

  QPointer<QQuickWindow> m_window;
  QMetaObject::Connection m_connection;
  QTimer m_timer;
  QElapsedTimer m_sinceFrame;
  QElapsedTimer m_sinceTurn;
  int m_count = 0;
  qint64 m_longestGap = 0;
  qint64 m_longestTurn = 0;
  std::atomic<qint64> m_longestStarvation = 0;
  std::jthread m_sleeper;
};

}  // namespace galago
