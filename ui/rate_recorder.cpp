// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See rate_recorder.h.
#include "rate_recorder.h"

#include <utility>

#include "library/measured_rates.h"
#include "work_on_files.h"

namespace galago::ui {

RateRecorder::RateRecorder(const ChatViewModel& chat, const ModelViewModel& model, QObject* parent)
    : QObject(parent), m_chat(chat), m_model(model) {
  m_pool.setMaxThreadCount(1);
  connect(&chat, &ChatViewModel::phaseChanged, this, &RateRecorder::listen);
}

RateRecorder::~RateRecorder() { m_pool.waitForDone(); }

void RateRecorder::listen() {
  const bool hasEnded = std::exchange(m_wasBusy, m_chat.isBusy()) && !m_wasBusy;
  // The first token is of another time than those after it.
  const int tokens = m_chat.answerTokens() - 1;
  if (!hasEnded || m_model.state() != ModelViewModel::Ready ||
      tokens < MeasuredRates::kFewestTokens || m_chat.decodeMs() <= 0)
    return;
  m_pool.start([this, tokens, path = m_model.path().toStdString(),
                device = m_model.deviceKind().toStdString(), threads = m_model.threads(),
                ms = m_chat.decodeMs()] {
    const Status status =
        guarded([&] { return record_answer_rate(path, device, threads, tokens, ms); });
    if (!status) qWarning("%s", status.error().message().c_str());
    onThreadOf(this, [this] { emit recorded(); });
  });
}

}  // namespace galago::ui
