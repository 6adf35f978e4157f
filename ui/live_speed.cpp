// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See live_speed.h.
#include "live_speed.h"

#include <algorithm>

#include "base/process_memory.h"

namespace galago::ui {
namespace {

constexpr int kBusyMs = 500;
constexpr int kIdleMs = 2000;
constexpr double kRollingMs = 2000;
constexpr double kShortestMs = 200;  // below it a rate says nothing
constexpr std::size_t kGpuLoads = 4;

}  // namespace

LiveSpeed::Sample LiveSpeed::Sources::read() {
  Sample sample;
  if (const auto bytes = resident_memory()) sample.memoryBytes = static_cast<double>(*bytes);
  sample.cpuLoad = cpu.read().value_or(-1);
  sample.board = board.read();
  return sample;
}

LiveSpeed::LiveSpeed(ChatViewModel& chat, const QString& sysfs, QObject* parent)
    : QObject(parent),
      m_chat(chat),
      m_sources(std::make_shared<Sources>(Sources{BoardSensors(sysfs.toStdString()), CpuLoad()})) {
  m_pool.setMaxThreadCount(1);
  connect(&m_chat, &ChatViewModel::statsChanged, this, &LiveSpeed::onStats);
  connect(&m_chat, &ChatViewModel::phaseChanged, this, &LiveSpeed::onPhase);
  const MessageListModel* messages = m_chat.messages();
  connect(messages, &MessageListModel::dataChanged, this, &LiveSpeed::answerChanged);
  connect(messages, &MessageListModel::countChanged, this, &LiveSpeed::answerChanged);
  connect(&m_timer, &QTimer::timeout, this, &LiveSpeed::sample);
  m_timer.start(kIdleMs);
  sample();
}

LiveSpeed::~LiveSpeed() {
  m_pool.clear();
  m_pool.waitForDone();
}

void LiveSpeed::onStats() {
  const Mark mark{m_chat.decodeMs(), m_chat.answerTokens()};
  if (mark.tokens == 0 || (!m_marks.empty() && mark.tokens < m_marks.back().tokens)) {
    m_marks.clear();  // another answer
  }
  if (mark.tokens > 0 && (m_marks.empty() || mark.ms > m_marks.back().ms)) m_marks.push_back(mark);
  emit rateChanged();
}

void LiveSpeed::onPhase() {
  m_timer.setInterval(m_chat.isBusy() ? kBusyMs : kIdleMs);
  if (m_chat.phase() == ChatViewModel::Starting) {
    m_joules = 0;
    m_energyFrom = -1;
  }
}

double LiveSpeed::tokensAt(double ms) const {
  const auto after = std::lower_bound(m_marks.begin(), m_marks.end(), ms,
                                      [](const Mark& mark, double at) { return mark.ms < at; });
  if (after == m_marks.end()) return m_marks.back().tokens;
  if (after == m_marks.begin()) return after->tokens;
  const Mark& before = *std::prev(after);
  const double share = (ms - before.ms) / (after->ms - before.ms);
  return before.tokens + share * (after->tokens - before.tokens);
}

QString LiveSpeed::answer() const {
  const MessageListModel& messages = *m_chat.messages();
  const QModelIndex last = messages.index(messages.count() - 1);
  const bool isAnswer =
      last.isValid() && last.data(MessageListModel::KindRole) == MessageListModel::Answer;
  return isAnswer ? last.data(MessageListModel::TextRole).toString() : QString();
}

double LiveSpeed::rollingRate() const {
  if (m_marks.size() < 2) return 0;
  const double end = m_marks.back().ms;
  const double begin = std::max(m_marks.front().ms, end - kRollingMs);
  return end - begin < kShortestMs ? 0 : (tokensAt(end) - tokensAt(begin)) * 1e3 / (end - begin);
}

QVariantList LiveSpeed::chart() const {
  QVariantList rates;
  if (m_marks.size() < 2) return rates;
  const double begin = m_marks.front().ms;
  const double all = m_marks.back().ms - begin;
  // A stretch holds a token at least, or the chart would show steps that are none.
  const int tokens = m_marks.back().tokens - m_marks.front().tokens;
  const int stretches = std::clamp(tokens / 2, 1, kStretches);
  for (int i = 0; i < stretches; ++i) {
    const double from = begin + all * i / stretches;
    const double to = begin + all * (i + 1) / stretches;
    rates.append((tokensAt(to) - tokensAt(from)) * 1e3 / (to - from));
  }
  return rates;
}

double LiveSpeed::highestRate() const {
  double highest = 0;
  for (const QVariant& rate : chart()) highest = std::max(highest, rate.toDouble());
  return highest;
}

double LiveSpeed::gpuLoad() const {
  if (m_gpuLoads.empty()) return -1;
  double sum = 0;
  for (const double load : m_gpuLoads) sum += load;
  return sum / static_cast<double>(m_gpuLoads.size());
}

double LiveSpeed::tokensPerJoule() const {
  const double tokens = m_chat.answerTokens() - m_energyFrom;
  return m_joules > 0 && tokens > 0 ? tokens / m_joules : -1;
}

void LiveSpeed::sample() {
  if (m_isSampling) return;  // a file that hangs must not pile up work
  m_isSampling = true;
  m_pool.start([this, sources = m_sources] {
    const Sample sample = sources->read();
    QMetaObject::invokeMethod(this, [this, sample] { take(sample); });
  });
}

void LiveSpeed::take(const Sample& sample) {
  m_isSampling = false;
  m_now = sample;
  if (sample.board.gpu_load) {
    m_gpuLoads.push_back(*sample.board.gpu_load);
    if (m_gpuLoads.size() > kGpuLoads) m_gpuLoads.pop_front();
  }
  const double ms = m_sinceSample.isValid() ? static_cast<double>(m_sinceSample.restart()) : 0;
  if (!m_sinceSample.isValid()) m_sinceSample.start();
  if (m_chat.phase() == ChatViewModel::Answering && sample.board.power_watts) {
    if (m_energyFrom < 0) {
      m_energyFrom = m_chat.answerTokens();
    } else {
      m_joules += *sample.board.power_watts * ms / 1e3;
    }
  }
  emit sampled();
}

}  // namespace galago::ui
