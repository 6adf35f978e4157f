// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How fast an answer comes while it comes, and what that takes: the rate over time, memory, load,
// and on boards power, temperature, clocks. UI thread; files are read on a thread of their own.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <QVariantList>
#include <deque>
#include <memory>
#include <vector>

#include "chat_view_model.h"
#include "sensors/board_sensors.h"
#include "sensors/cpu_load.h"

namespace galago::ui {

class LiveSpeed : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  /// Tokens per second over the last two seconds of the answer; 0: not known.
  Q_PROPERTY(double rollingRate READ rollingRate NOTIFY rateChanged)
  /// Tokens per second in equal stretches of the answer's time, from its beginning on.
  Q_PROPERTY(QVariantList chart READ chart NOTIFY rateChanged)
  Q_PROPERTY(double highestRate READ highestRate NOTIFY rateChanged)
  /// The text of the last answer, as far as it is there.
  Q_PROPERTY(QString answer READ answer NOTIFY answerChanged)
  /// All below are -1 where they are not known. Memory of this process, models included.
  Q_PROPERTY(double memoryBytes READ memoryBytes NOTIFY sampled)
  /// 0 to 1, of all cores and programs.
  Q_PROPERTY(double cpuLoad READ cpuLoad NOTIFY sampled)
  Q_PROPERTY(double gpuLoad READ gpuLoad NOTIFY sampled)
  Q_PROPERTY(double cpuMhz READ cpuMhz NOTIFY sampled)
  Q_PROPERTY(double gpuMhz READ gpuMhz NOTIFY sampled)
  Q_PROPERTY(double powerWatts READ powerWatts NOTIFY sampled)
  /// Degrees Celsius; below -99: not known.
  Q_PROPERTY(double temperature READ temperature NOTIFY sampled)
  Q_PROPERTY(bool throttled READ isThrottled NOTIFY sampled)
  /// Tokens of the answer for the energy that the board took in the time that they came in.
  Q_PROPERTY(double tokensPerJoule READ tokensPerJoule NOTIFY sampled)

 public:
  static constexpr int kStretches = 48;

  /// `chat` must outlive it. `sysfs`: where the board's files are.
  LiveSpeed(ChatViewModel& chat, const QString& sysfs, QObject* parent = nullptr);
  ~LiveSpeed() override;

  LiveSpeed(const LiveSpeed&) = delete;
  LiveSpeed& operator=(const LiveSpeed&) = delete;

  double rollingRate() const;
  QVariantList chart() const;
  double highestRate() const;

  QString answer() const;

  double memoryBytes() const { return m_now.memoryBytes; }

  double cpuLoad() const { return m_now.cpuLoad; }

  double gpuLoad() const;

  double cpuMhz() const { return m_now.board.cpu_mhz.value_or(-1); }

  double gpuMhz() const { return m_now.board.gpu_mhz.value_or(-1); }

  double powerWatts() const { return m_now.board.power_watts.value_or(-1); }

  double temperature() const { return m_now.board.temperature.value_or(-100); }

  bool isThrottled() const { return m_now.board.is_throttled.value_or(false); }

  double tokensPerJoule() const;

 signals:
  void rateChanged();
  void answerChanged();
  void sampled();

 private:
  /// Where the answer stood.
  struct Mark {
    double ms;
    int tokens;
  };

  struct Sample {
    double memoryBytes = -1;
    double cpuLoad = -1;
    BoardReadings board;
  };

  /// What is read from files; used by one thread of the pool at a time.
  struct Sources {
    BoardSensors board;
    CpuLoad cpu;

    Sample read();
  };

  void onStats();
  void onPhase();
  void sample();
  void take(const Sample& sample);
  /// Tokens at a time, between marks evenly.
  double tokensAt(double ms) const;

  ChatViewModel& m_chat;
  std::vector<Mark> m_marks;
  Sample m_now;
  std::deque<double> m_gpuLoads;  // the latest
  double m_joules = 0;            // while the answer came
  double m_energyFrom = -1;       // tokens that were there when they began to be counted
  QElapsedTimer m_sinceSample;
  QTimer m_timer;
  bool m_isSampling = false;
  std::shared_ptr<Sources> m_sources;
  QThreadPool m_pool;  // last: waits for its thread before the rest goes
};

}  // namespace galago::ui
