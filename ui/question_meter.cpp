// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See question_meter.h.
#include "question_meter.h"

#include <exception>
#include <utility>

namespace galago::ui {
namespace {

constexpr int kPauseMs = 120;

/// Each picture takes the same tokens whatever is on it: none has to be decoded to be counted.
Conversation counted(const AnswerRequest& request) {
  static const PicturePtr any = std::make_shared<const Picture>(Image{1, 1, {0, 0, 0}});
  Conversation conversation;
  conversation.system = request.system.toStdString();
  conversation.has_system = !request.system.isEmpty();
  for (const ChatTurn& turn : request.turns) {
    conversation.turns.push_back({turn.question.toStdString(),
                                  std::vector(turn.pictures.size(), any),
                                  turn.answer.toStdString()});
  }
  return conversation;
}

std::optional<QuestionSize> measured(const QuestionMeter::Question& question) {
  try {
    Result<QuestionSize> size = measure_question(*question.engine, counted(question.request));
    if (size) return *size;
  } catch (const std::exception&) {
    // A thread pool must not see it; asking will meet the same and tell it.
  }
  return {};
}

}  // namespace

QuestionMeter::QuestionMeter(std::function<std::optional<Question>()> question, QObject* parent)
    : QObject(parent), m_question(std::move(question)) {
  m_pool.setMaxThreadCount(1);
  m_timer.setSingleShot(true);
  connect(&m_timer, &QTimer::timeout, this, &QuestionMeter::start);
}

QuestionMeter::~QuestionMeter() {
  m_pool.clear();
  m_pool.waitForDone();
}

void QuestionMeter::update() {
  m_isCurrent = false;
  ++m_count;
  m_timer.start(kPauseMs);
}

void QuestionMeter::start() {
  std::optional<Question> question = m_question();
  if (!question || !question->engine) return set({});
  m_pool.clear();
  m_pool.start([this, count = m_count, question = *std::move(question)] {
    QMetaObject::invokeMethod(
        this,
        [this, count, size = measured(question)] {
          if (count == m_count) set(size);
        },
        Qt::QueuedConnection);
  });
}

void QuestionMeter::set(std::optional<QuestionSize> size) {
  m_size = size;
  m_isCurrent = true;
  emit changed();
}

}  // namespace galago::ui
