// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a chat is made of, as it is shown and as it is kept.
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

#include "engine/generation.h"
#include "history/chat_picture.h"

namespace galago::ui {

/// Both grow with time, so that their order is that of making. 0: none.
using ChatId = qint64;
using MessageId = qint64;

/// Greater than all before, also those of earlier runs as long as the clock goes forward.
qint64 newChatOrMessageId();

enum class MessageKind { kQuestion, kAnswer };

enum class AnswerState {
  kWaiting,    ///< for the model, for a picture, or for the first token
  kStreaming,  ///< text arrives
  kComplete,
  kLengthLimit,  ///< ended by the longest answer that the settings allow
  kContextFull,  ///< ended by the end of the context
  kStopped,      ///< by the person, or with the program
  kFailed,
};

/// Several of one parent are branches: other wordings of a question, other answers to it.
struct ChatMessage {
  MessageId id = 0;
  MessageId parent = 0;  ///< what it follows; 0: it begins the chat
  MessageKind kind = MessageKind::kQuestion;
  QString text;
  std::vector<ChatPicturePtr> pictures;
  // Of an answer:
  AnswerState state = AnswerState::kComplete;
  GenerationStats stats;
  double loadMs = 0;  ///< of the model, where it was loaded for this answer; not kept
  int droppedTurns = 0;
  QString model;  ///< that gave it
  std::optional<Error> error;
};

/// One line of the list of chats.
struct ChatSummary {
  ChatId id = 0;
  QString title;
  bool isPinned = false;
  qint64 changedMs = 0;  ///< since the epoch
  QString excerpt;       ///< what was found in it, when searched for
};

struct ChatContent {
  ChatId id = 0;
  QString title;        ///< as a person named it; empty: they did not
  MessageId leaf = 0;   ///< the last message of the branch on show
  QByteArray settings;  ///< what was chosen for it, JSON
  std::vector<ChatMessage> messages;
};

}  // namespace galago::ui
