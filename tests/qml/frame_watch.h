// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Whether a window goes on painting. Asks for a frame every few milliseconds and measures the time
// between those that came. Time in which the kernel let others run instead of this thread does not
// count: that is the machine's doing, and on a busy one most of the time.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QTimer>

namespace galago {

class FrameWatch : public QObject {
  Q_OBJECT
  Q_PROPERTY(int count READ count NOTIFY stopped)
  /// In ms, between two frames, and between two turns of the event loop.
  Q_PROPERTY(int longestGap READ longestGap NOTIFY stopped)
  Q_PROPERTY(int longestTurn READ longestTurn NOTIFY stopped)

 public:
  FrameWatch();
  ~FrameWatch() override;

  FrameWatch(const FrameWatch&) = delete;
  FrameWatch& operator=(const FrameWatch&) = delete;

  int count() const { return m_count; }

  int longestGap() const { return static_cast<int>(m_frames.longest); }

  int longestTurn() const { return static_cast<int>(m_turns.longest); }

  /// Begins anew with this window. UI thread, as is everything.
  Q_INVOKABLE void watch(QQuickWindow* window);
  Q_INVOKABLE void stop();

 signals:
  void stopped();

 private:
  struct Gaps {
    QElapsedTimer since;
    qint64 waited = 0;
    qint64 longest = 0;

    void begin();
    /// One gap ends, the next begins.
    void mark();
  };

  void tick();
  void painted();

  QPointer<QQuickWindow> m_window;
  QMetaObject::Connection m_connection;
  QTimer m_timer;
  int m_count = 0;
  Gaps m_frames;
  Gaps m_turns;
};

}  // namespace galago
