// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Gives what happens in the chat on show to the store, as it happens. UI thread, which waits for
// nothing: the store's worker writes.
#pragma once

#include <QObject>
#include <QTimer>

#include "chat_view_model.h"
#include "history/history_worker.h"

namespace galago::ui {

class ChatRecorder : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive it.
  ChatRecorder(ChatViewModel& chat, HistoryWorker& worker, QObject* parent = nullptr);
  /// What there is of an answer under way is given to the worker.
  ~ChatRecorder() override;

  ChatRecorder(const ChatRecorder&) = delete;
  ChatRecorder& operator=(const ChatRecorder&) = delete;

  /// While it is not so, nothing is written.
  void setRecording(bool recording);
  /// Writes the whole chat on show.
  void recordAll();

 signals:
  /// The chat on show is kept, up to its last question.
  void recorded();

 private:
  void onAdded(const std::vector<ChatMessage>& messages);
  void add(ChatId chat, std::vector<ChatMessage> messages);
  void writeAnswer();

  ChatViewModel& m_chat;
  HistoryWorker& m_worker;
  QTimer m_timer;  // runs while there is text that was not written
  bool m_isRecording = true;
  bool m_isBehind = false;  // something could not be written
};

}  // namespace galago::ui
