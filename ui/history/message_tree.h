// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The messages of a chat with all their branches, and the one branch on show: a path from a first
// question down, questions and answers in turn.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "history/chat_message.h"

namespace galago::ui {

class MessageTree {
 public:
  /// One of several wordings or answers.
  struct Branch {
    int index = 0;
    int count = 1;
  };

  void clear();
  /// Shows the branch that ends with `leaf`. What does not fit together (a file that was edited by
  /// hand) is left out.
  void load(std::vector<ChatMessage> messages, MessageId leaf);

  /// Of the branch on show, as is `row`.
  std::size_t size() const { return m_path.size(); }

  ChatMessage& at(std::size_t row) { return m_messages.at(m_path.at(row)); }

  const ChatMessage& at(std::size_t row) const { return m_messages.at(m_path.at(row)); }

  MessageId leaf() const { return m_path.empty() ? 0 : m_path.back(); }

  /// The chat's first question, whichever branch is on show; null: there is none.
  const ChatMessage* first() const;

  /// All branches, in the order of their making.
  std::vector<ChatMessage> messages() const;

  /// Becomes the end of what is on show, whose end it follows.
  ChatMessage& append(ChatMessage message);
  /// Ends what is on show before that row; nothing is lost.
  void cut(std::size_t row);
  /// Shows these below what is on show.
  void extend(std::span<const MessageId> ids);
  Branch branchAt(std::size_t row) const;

  /// What is on show, from the first question down.
  const std::vector<MessageId>& path() const { return m_path; }

  /// What would be with another of the row's branches, and below it what was last on show or made.
  std::vector<MessageId> pathThrough(std::size_t row, int index) const;
  /// What would be with this message, and likewise below it. Empty if there is no such message.
  std::vector<MessageId> pathTo(MessageId id) const;

 private:
  const std::vector<MessageId>& siblingsOf(const ChatMessage& message) const;
  /// Adds to a path what was last on show below its end.
  void descend(std::vector<MessageId>& path) const;

  std::unordered_map<MessageId, ChatMessage> m_messages;
  std::unordered_map<MessageId, std::vector<MessageId>> m_children;  // by parent
  std::unordered_map<MessageId, MessageId> m_chosen;                 // the child on show last
  std::vector<MessageId> m_path;
};

}  // namespace galago::ui
