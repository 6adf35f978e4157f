// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_recorder.h.
#include "chat_recorder.h"

#include <utility>

namespace galago::ui {
namespace {

/// What a program that is killed loses of an answer, against writing for every word.
constexpr int kBatchMs = 250;

}  // namespace

ChatRecorder::ChatRecorder(ChatViewModel& chat, HistoryWorker& worker, QObject* parent)
    : QObject(parent), m_chat(chat), m_worker(worker) {
  m_timer.setSingleShot(true);
  m_timer.setInterval(kBatchMs);
  connect(&m_timer, &QTimer::timeout, this, &ChatRecorder::writeAnswer);
  const MessageListModel* messages = m_chat.messages();
  connect(messages, &MessageListModel::added, this, &ChatRecorder::onAdded);
  connect(messages, &MessageListModel::answerGrew, this, [this] {
    if (!m_timer.isActive()) m_timer.start();
  });
  connect(messages, &MessageListModel::answerEnded, this,
          [this] { m_isBehind ? recordAll() : writeAnswer(); });
  connect(messages, &MessageListModel::branchShown, this, [this] {
    if (!m_isRecording || m_chat.id() == 0) return;
    m_worker.write([chat = m_chat.id(), leaf = m_chat.messages()->tree().leaf()](ChatStore& store) {
      return store.setLeaf(chat, leaf);
    });
  });
  connect(&m_chat, &ChatViewModel::switched, &m_timer, &QTimer::stop);
  connect(&m_worker, &HistoryWorker::failed, this, [this] { m_isBehind = true; });
}

ChatRecorder::~ChatRecorder() {
  if (m_timer.isActive()) writeAnswer();
}

void ChatRecorder::setRecording(bool recording) {
  if (m_isRecording == recording) return;
  m_isRecording = recording;
  // What was said meanwhile belongs to the chat.
  m_isBehind = true;
}

void ChatRecorder::onAdded(const std::vector<ChatMessage>& messages) {
  if (!m_isRecording) return;
  if (m_isBehind) {
    recordAll();
  } else {
    add(m_chat.id(), messages);
  }
}

void ChatRecorder::recordAll() {
  if (!m_isRecording || m_chat.id() == 0) return;
  m_isBehind = false;
  ChatContent content = m_chat.content();
  add(content.id, std::move(content.messages));
  m_worker.write([chat = content.id, leaf = content.leaf](ChatStore& store) {
    return store.setLeaf(chat, leaf);
  });
}

void ChatRecorder::add(ChatId chat, std::vector<ChatMessage> messages) {
  m_worker.read<bool>(
      [chat, messages = std::move(messages)](ChatStore& store) -> Result<bool> {
        GALAGO_TRY(store.add(chat, messages));
        return true;
      },
      this, [this](bool) { emit recorded(); });
}

void ChatRecorder::writeAnswer() {
  m_timer.stop();
  const MessageTree& tree = m_chat.messages()->tree();
  if (!m_isRecording || tree.size() == 0) return;
  m_worker.write(
      [answer = tree.at(tree.size() - 1)](ChatStore& store) { return store.update(answer); });
}

}  // namespace galago::ui
