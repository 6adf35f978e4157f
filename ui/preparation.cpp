// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See preparation.h.
#include "preparation.h"

#include <utility>

namespace galago::ui {
namespace {

/// A pause in typing that is worth a word's computation.
constexpr int kTypingPauseMs = 250;

}  // namespace

Preparation::Preparation(InferenceWorker& worker, EventMailbox& mailbox, Question question,
                         QObject* parent)
    : QObject(parent), m_worker(worker), m_mailbox(mailbox), m_question(std::move(question)) {
  m_timer.setSingleShot(true);
  connect(&m_timer, &QTimer::timeout, this, &Preparation::start);
}

// Without signals: whoever hears them may be half gone.
Preparation::~Preparation() {
  m_stop.request_stop();
  m_mailbox.forget(m_request);
}

void Preparation::update(bool isTyping) { m_timer.start(isTyping ? kTypingPauseMs : 0); }

void Preparation::finish() {
  m_timer.stop();
  m_isAgain = false;
}

void Preparation::cancel() {
  finish();
  m_stop.request_stop();
  end();
}

void Preparation::start() {
  std::optional<AnswerRequest> request = m_question();
  if (!request) {
    if (m_request != 0) cancel();
    return;
  }
  std::vector<ChatPicturePtr> pictures = request->turns.back().pictures;
  const bool isSame = pictures == m_pictures;
  if (m_request != 0 && isSame) {
    m_isAgain = true;
    return;
  }
  cancel();
  if (!isSame) m_encodeMs = 0;
  m_pictures = std::move(pictures);
  m_stop = std::stop_source();
  m_request = m_mailbox.expect([this](const WorkerEvent& event) { handle(event); });
  request->id = m_request;
  request->stop = m_stop.get_token();
  m_worker.requestPreparation(*std::move(request));
}

void Preparation::handle(const WorkerEvent& event) {
  if (const auto* started = std::get_if<StageStarted>(&event)) {
    m_isEncoding = started->stage == Stage::kEncode;
    emit stageStarted(started->stage);
    emit changed();
  } else if (const auto* progress = std::get_if<StageProgress>(&event)) {
    emit stageProgressed(progress->fraction);
  } else if (const auto* finished = std::get_if<Finished>(&event)) {
    m_encodeMs += finished->stats.image_encode_ms;
    const bool isAgain = m_isAgain;
    end();
    if (isAgain) start();
  } else if (std::holds_alternative<AnswerFailed>(event)) {
    end();  // the answer will meet the same error, and tell it
  }
}

void Preparation::end() {
  m_mailbox.forget(m_request);
  m_request = 0;
  m_isAgain = false;
  m_isEncoding = false;
  emit changed();
}

}  // namespace galago::ui
