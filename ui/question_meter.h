// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the question being written takes of the context: counted on a thread of its own in each
// pause of typing, also while the engine is busy with something else. UI thread.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

#include "engine/engine.h"
#include "engine/question_size.h"
#include "inference_worker.h"

namespace galago::ui {

class QuestionMeter : public QObject {
  Q_OBJECT

 public:
  struct Question {
    std::shared_ptr<const Engine> engine;  ///< null: no model is loaded
    AnswerRequest request;
  };

  /// `question`: what to count; nothing while there is nothing.
  explicit QuestionMeter(std::function<std::optional<Question>()> question,
                         QObject* parent = nullptr);
  /// Waits for what is being counted: milliseconds.
  ~QuestionMeter() override;

  QuestionMeter(const QuestionMeter&) = delete;
  QuestionMeter& operator=(const QuestionMeter&) = delete;

  /// The question, its pictures or the engine changed.
  void update();

  /// Of what was last counted; nothing if it cannot be told.
  const std::optional<QuestionSize>& size() const { return m_size; }

  /// False only if the question as it is now was counted and is too long for the context.
  bool fits() const { return !m_isCurrent || !m_size || m_size->fits(); }

 signals:
  void changed();

 private:
  void start();
  void set(std::optional<QuestionSize> size);

  std::function<std::optional<Question>()> m_question;
  QTimer m_timer;
  std::optional<QuestionSize> m_size;
  bool m_isCurrent = false;
  quint64 m_count = 0;  // what comes of an earlier one is out of date
  QThreadPool m_pool;
};

}  // namespace galago::ui
