// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Chats for tests.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "history/chat_store.h"
#include "temporary_folder.h"

namespace galago::ui {

/// A picture of one colour with a mark, so that each seed gives another.
ChatPicturePtr picture_of(int width, int height, int seed);

ChatMessage question(const QString& text, MessageId parent = 0,
                     std::vector<ChatPicturePtr> pictures = {});
ChatMessage answer(const QString& text, MessageId parent);

class ChatStoreTest : public testing::Test {
 protected:
  ChatStoreTest() { reopen(); }

  QString folder() const { return QString::fromStdString(folder_.path().string()); }

  QString file() const { return folder() + "/chats.sqlite"; }

  /// As after a restart.
  void reopen();
  /// The values of a query, a row a line, through a connection of its own.
  QString sql(const QString& statement) const;
  /// A chat with a question and an answer.
  ChatId chat_about(const QString& words, std::vector<ChatPicturePtr> pictures = {});
  QStringList titles(const QString& search = {}) const;
  QStringList picture_files() const;

  TemporaryFolder folder_;
  std::unique_ptr<ChatStore> store_;
};

}  // namespace galago::ui
