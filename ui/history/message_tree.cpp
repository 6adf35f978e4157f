// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See message_tree.h.
#include "history/message_tree.h"

#include <algorithm>
#include <utility>

namespace galago::ui {

void MessageTree::clear() { *this = {}; }

void MessageTree::load(std::vector<ChatMessage> messages, MessageId leaf) {
  clear();
  for (ChatMessage& message : messages) {
    // Parents come first: identities grow.
    const auto parent = m_messages.find(message.parent);
    const bool hasParent = parent != m_messages.end();
    const bool isAfterQuestion = hasParent && parent->second.kind == MessageKind::kQuestion;
    const bool isAnswer = message.kind == MessageKind::kAnswer;
    if (isAnswer != isAfterQuestion || (message.parent != 0 && !hasParent)) continue;
    m_children[message.parent].push_back(message.id);
    m_messages.emplace(message.id, std::move(message));
  }
  // A question alone: the program was ended before its answer was begun.
  std::erase_if(m_messages, [this](const auto& entry) {
    const auto& [id, message] = entry;
    if (message.kind == MessageKind::kAnswer || m_children.contains(id)) return false;
    std::erase(m_children[message.parent], id);
    return true;
  });
  std::vector<MessageId> path = pathTo(leaf);
  if (path.empty()) descend(path);
  extend(path);
}

const ChatMessage* MessageTree::first() const {
  const auto roots = m_children.find(0);
  return roots == m_children.end() || roots->second.empty() ? nullptr
                                                            : &m_messages.at(roots->second.front());
}

std::vector<ChatMessage> MessageTree::messages() const {
  std::vector<ChatMessage> messages;
  messages.reserve(m_messages.size());
  for (const auto& [id, message] : m_messages) messages.push_back(message);
  std::sort(messages.begin(), messages.end(),
            [](const ChatMessage& a, const ChatMessage& b) { return a.id < b.id; });
  return messages;
}

ChatMessage& MessageTree::append(ChatMessage message) {
  message.parent = leaf();
  const MessageId id = message.id;
  m_children[message.parent].push_back(id);
  m_chosen[message.parent] = id;
  m_path.push_back(id);
  return m_messages.emplace(id, std::move(message)).first->second;
}

void MessageTree::cut(std::size_t row) { m_path.resize(std::min(row, m_path.size())); }

MessageTree::Branch MessageTree::branchAt(std::size_t row) const {
  const ChatMessage& message = at(row);
  const std::vector<MessageId>& siblings = siblingsOf(message);
  const auto place = std::find(siblings.begin(), siblings.end(), message.id);
  return {static_cast<int>(place - siblings.begin()), static_cast<int>(siblings.size())};
}

void MessageTree::extend(std::span<const MessageId> ids) {
  for (const MessageId id : ids) {
    m_chosen[leaf()] = id;
    m_path.push_back(id);
  }
}

std::vector<MessageId> MessageTree::pathThrough(std::size_t row, int index) const {
  std::vector<MessageId> path(m_path.begin(), m_path.begin() + static_cast<std::ptrdiff_t>(row));
  path.push_back(siblingsOf(at(row)).at(static_cast<std::size_t>(index)));
  descend(path);
  return path;
}

std::vector<MessageId> MessageTree::pathTo(MessageId id) const {
  std::vector<MessageId> path;
  for (auto at = m_messages.find(id); at != m_messages.end();
       at = m_messages.find(at->second.parent))
    path.push_back(at->first);
  std::reverse(path.begin(), path.end());
  if (!path.empty()) descend(path);
  return path;
}

const std::vector<MessageId>& MessageTree::siblingsOf(const ChatMessage& message) const {
  return m_children.at(message.parent);
}

void MessageTree::descend(std::vector<MessageId>& path) const {
  for (;;) {
    const MessageId end = path.empty() ? 0 : path.back();
    const auto children = m_children.find(end);
    if (children == m_children.end() || children->second.empty()) return;
    const auto chosen = m_chosen.find(end);
    const bool isKnown = chosen != m_chosen.end() && m_messages.contains(chosen->second);
    path.push_back(isKnown ? chosen->second : children->second.back());
  }
}

}  // namespace galago::ui
