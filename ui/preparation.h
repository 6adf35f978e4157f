// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the engine computes while a question is being written: its pictures, and the prompt as far
// as it is known. At most one runs; a newer one of the same pictures waits for it, one of other
// pictures stops it. UI thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <optional>
#include <stop_token>

#include "inference_worker.h"

namespace galago::ui {

class Preparation : public QObject {
  Q_OBJECT

 public:
  /// What to compute now; nothing if there is nothing, or it is not the time for it.
  using Question = std::function<std::optional<AnswerRequest>()>;

  /// Both must outlive it.
  Preparation(InferenceWorker& worker, EventMailbox& mailbox, Question question,
              QObject* parent = nullptr);
  ~Preparation() override;

  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  /// The question, its pictures or the engine changed: asks for it, now or once typing pauses. What
  /// runs is stopped if there is nothing to compute any more.
  void update(bool isTyping);
  /// Lets what runs end; nothing new begins until the next update. For when the question is asked.
  void finish();
  /// Stops what runs.
  void cancel();

  bool isEncoding() const { return m_isEncoding; }

  /// Of the pictures of the question being written, as far as they were encoded for it; ms.
  double encodeMs() const { return m_encodeMs; }

 signals:
  /// Of what runs, while it does: also after the question was asked.
  void stageStarted(galago::Stage stage);
  void stageProgressed(double fraction);
  /// isEncoding or encodeMs.
  void changed();

 private:
  void start();
  void handle(const WorkerEvent& event);
  void end();

  InferenceWorker& m_worker;
  EventMailbox& m_mailbox;
  Question m_question;
  QTimer m_timer;
  RequestId m_request = 0;  // 0: none runs
  std::stop_source m_stop;
  std::vector<ChatPicturePtr> m_pictures;  // of the last one
  bool m_isAgain = false;                  // asked for while one runs
  bool m_isEncoding = false;
  double m_encodeMs = 0;
};

}  // namespace galago::ui
