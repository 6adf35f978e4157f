// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See messages.h.
#include "messages.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <utility>

namespace galago::ui {

ChatPicturePtr picture_of(int width, int height, int seed) {
  Image image{width, height, {}};
  image.pixels.assign(std::size_t{3} * width * height, static_cast<std::uint8_t>(seed));
  image.pixels.front() = static_cast<std::uint8_t>(seed + 1);
  return std::make_shared<ChatPicture>(std::make_shared<const Picture>(std::move(image)));
}

ChatMessage question(const QString& text, MessageId parent, std::vector<ChatPicturePtr> pictures) {
  ChatMessage message;
  message.id = newChatOrMessageId();
  message.parent = parent;
  message.text = text;
  message.pictures = std::move(pictures);
  return message;
}

ChatMessage answer(const QString& text, MessageId parent) {
  ChatMessage message = question(text, parent);
  message.kind = MessageKind::kAnswer;
  return message;
}

void ChatStoreTest::reopen() {
  store_.reset();
  Result<std::unique_ptr<ChatStore>> opened = ChatStore::open(folder());
  ASSERT_TRUE(opened) << opened.error().message();
  store_ = *std::move(opened);
}

QString ChatStoreTest::sql(const QString& statement) const {
  QStringList rows;
  {
    QSqlDatabase database = QSqlDatabase::addDatabase("QSQLITE", "test");
    database.setDatabaseName(file());
    EXPECT_TRUE(database.open());
    QSqlQuery query(database);
    EXPECT_TRUE(query.exec(statement)) << query.lastError().text().toStdString();
    while (query.next()) {
      QStringList values;
      for (int i = 0; i < query.record().count(); ++i) values += query.value(i).toString();
      rows += values.join('|');
    }
  }
  QSqlDatabase::removeDatabase("test");
  return rows.join('\n');
}

ChatId ChatStoreTest::chat_about(const QString& words, std::vector<ChatPicturePtr> pictures) {
  const ChatId chat = newChatOrMessageId();
  const ChatMessage asked = question(words, 0, std::move(pictures));
  const Status added = store_->add(chat, {asked, answer("It is " + words, asked.id)});
  EXPECT_TRUE(added) << added.error().message();
  return chat;
}

QStringList ChatStoreTest::titles(const QString& search) const {
  const Result<std::vector<ChatSummary>> chats = store_->chats(search);
  EXPECT_TRUE(chats);
  QStringList titles;
  for (const ChatSummary& chat : *chats) titles += chat.title;
  return titles;
}

QStringList ChatStoreTest::picture_files() const {
  return QDir(folder() + "/pictures").entryList(QDir::Files);
}

}  // namespace galago::ui
