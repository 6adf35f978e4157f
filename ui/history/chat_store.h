// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// All chats, in a file of SQLite and a folder of pictures beside it. Every change is on disk,
// whole, when its call returns: a program that is killed at any moment loses nothing that was said
// to be kept. One thread; several programs may use the same folder.
#pragma once

#include <QSqlDatabase>
#include <QString>
#include <memory>
#include <set>
#include <vector>

#include "base/result.h"
#include "history/chat_message.h"
#include "history/picture_shelf.h"

namespace galago::ui {

/// What becomes of a file that was damaged.
enum class DamagedFile {
  kFoundIsPutAside,  ///< if that shows when it is opened
  kIsPutAside,       ///< it was found so while it was in use
};

class ChatStore {
 public:
  /// Makes the folder and what is in it if need be. Chats that were deleted some time ago go for
  /// good. A damaged file is put aside under another name, and said so in asideName(). Errors: kIo;
  /// kUnsupported, when a newer program wrote the file.
  static Result<std::unique_ptr<ChatStore>> open(
      const QString& folder, DamagedFile damaged = DamagedFile::kFoundIsPutAside);
  ~ChatStore();

  ChatStore(const ChatStore&) = delete;
  ChatStore& operator=(const ChatStore&) = delete;

  /// Where the damaged file of before lies; empty: there was none.
  const QString& asideName() const { return m_asideName; }

  /// Pinned ones first, then the latest changed. With `search` those whose title or messages have
  /// these words, in capitals or not.
  Result<std::vector<ChatSummary>> chats(const QString& search = {}) const;
  /// The messages in the order of their making; those that were being answered when the program
  /// ended are stopped. Errors: kInvalidArgument: there is no such chat.
  Result<ChatContent> load(ChatId chat) const;

  /// The chat is made with its first messages; the last of them becomes its leaf. Those that are
  /// there already become as they are given.
  Status add(ChatId chat, const std::vector<ChatMessage>& messages);
  /// Text, state and figures; nothing if it is not there any more.
  Status update(const ChatMessage& message);
  Status setLeaf(ChatId chat, MessageId leaf);
  Status setTitle(ChatId chat, const QString& title);
  Status setPinned(ChatId chat, bool pinned);
  /// JSON that the window reads; nothing if there is no such chat.
  Status setSettings(ChatId chat, const QByteArray& settings);
  /// All that are in the list; their identities.
  Result<std::vector<ChatId>> deleteAll();
  /// A deleted chat is in no list, and can be had back until it goes for good.
  Status setDeleted(ChatId chat, bool deleted);
  /// Chats deleted at least so long ago go for good, with the pictures that nothing else shows.
  Status purge(qint64 deletedForMs);
  /// The same for those that this store deleted, whenever that was.
  Status purgeOwn();

 private:
  ChatStore(QSqlDatabase database, PictureShelf shelf);

  /// Also of branches that are not on show.
  Result<std::vector<ChatMessage>> messagesOf(ChatId chat) const;
  Status addMessage(ChatId chat, const ChatMessage& message);
  Status addPictures(const ChatMessage& message);
  /// Within a transaction, as pictures are added in one: none is taken from under another program.
  Status sweepPictures();

  QSqlDatabase m_database;
  PictureShelf m_shelf;
  QString m_asideName;
  std::set<ChatId> m_deleted;  // by this store
};

}  // namespace galago::ui
