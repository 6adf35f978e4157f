// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Files of other versions, damaged ones, and pictures that nothing shows.
#include <QDir>
#include <QFile>

#include "history/chat_schema.h"
#include "messages.h"

namespace galago::ui {
namespace {

QByteArray bytes_of(const QString& path) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly));
  return file.readAll();
}

void write_to(const QString& path, const QByteArray& bytes) {
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(bytes);
}

TEST_F(ChatStoreTest, UsesWriteAheadLoggingAndTheLatestTables) {
  EXPECT_EQ(sql("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(sql("SELECT version FROM schema_version"), QString::number(chatSchemaVersion()));
}

TEST_F(ChatStoreTest, BringsTheFirstTablesUpToDate) {
  store_.reset();
  QDir(folder()).removeRecursively();
  QDir().mkpath(folder());
  // As the first version that kept chats wrote them.
  for (const char* statement :
       {"CREATE TABLE schema_version (version INTEGER NOT NULL)",
        "INSERT INTO schema_version VALUES (1)",
        "CREATE TABLE chats (id INTEGER PRIMARY KEY, title TEXT NOT NULL DEFAULT '', folded TEXT "
        "NOT "
        "NULL DEFAULT '', pinned INTEGER NOT NULL DEFAULT 0, changed_ms INTEGER NOT NULL, "
        "deleted_ms "
        "INTEGER, leaf INTEGER NOT NULL DEFAULT 0)",
        "CREATE TABLE messages (id INTEGER PRIMARY KEY, chat INTEGER NOT NULL REFERENCES chats(id) "
        "ON "
        "DELETE CASCADE, parent INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, folded "
        "TEXT "
        "NOT NULL, state TEXT NOT NULL, stats TEXT NOT NULL, dropped_turns INTEGER NOT NULL, model "
        "TEXT NOT NULL, error TEXT)",
        "CREATE INDEX messages_of_chat ON messages(chat)",
        "CREATE TABLE message_pictures (message INTEGER NOT NULL REFERENCES messages(id) ON DELETE "
        "CASCADE, position INTEGER NOT NULL, picture TEXT NOT NULL, PRIMARY KEY (message, "
        "position)) "
        "WITHOUT ROWID",
        "CREATE INDEX pictures_in_use ON message_pictures(picture)",
        "INSERT INTO chats VALUES (7, 'Old', 'old', 1, 5, NULL, 9)",
        "INSERT INTO messages VALUES (8, 7, 0, 'question', 'What?', 'what?', 'complete', '{}', 0, "
        "'', "
        "NULL)",
        "INSERT INTO messages VALUES (9, 7, 8, 'answer', 'A cup.', 'a cup.', 'streaming', "
        "'{\"answerTokens\":3}', 0, 'Tiny', NULL)"})
    sql(statement);
  reopen();
  EXPECT_EQ(sql("SELECT version FROM schema_version"), QString::number(chatSchemaVersion()));
  EXPECT_EQ(titles("CUP"), QStringList("Old"));
  const Result<ChatContent> content = store_->load(7);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->settings, "{}");
  ASSERT_EQ(content->messages.size(), 2U);
  EXPECT_EQ(content->messages[1].text, "A cup.");
  EXPECT_EQ(content->messages[1].stats.answer_tokens, 3);
  EXPECT_EQ(content->messages[1].state, AnswerState::kStopped);
  // Nothing is done a second time.
  ASSERT_TRUE(store_->setSettings(7, R"({"answer/seed":4})"));
  reopen();
  EXPECT_EQ(store_->load(7)->settings, R"({"answer/seed":4})");
}

TEST_F(ChatStoreTest, LeavesTheTablesOfANewerProgramAlone) {
  chat_about("one");
  sql("UPDATE schema_version SET version = 1000");
  store_.reset();
  const Result<std::unique_ptr<ChatStore>> opened = ChatStore::open(folder());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kUnsupported);
  EXPECT_EQ(sql("SELECT version FROM schema_version"), "1000");
  EXPECT_EQ(sql("SELECT count(*) FROM chats"), "1");
}

TEST_F(ChatStoreTest, PutsAFileAsideThatWasFoundDamagedInUse) {
  chat_about("one");
  store_.reset();
  Result<std::unique_ptr<ChatStore>> opened = ChatStore::open(folder(), DamagedFile::kIsPutAside);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(QFile::exists((*opened)->asideName()));
  EXPECT_TRUE((*opened)->chats()->empty());
}

TEST_F(ChatStoreTest, PutsADamagedFileAside) {
  chat_about("one", {picture_of(8, 8, 1)});
  const QStringList pictures = picture_files();
  ASSERT_EQ(pictures.size(), 1);
  store_.reset();
  const QByteArray damaged = "SQLite format 3" + QByteArray(5000, 'x');
  write_to(file(), damaged);
  reopen();
  ASSERT_FALSE(store_->asideName().isEmpty());
  EXPECT_EQ(bytes_of(store_->asideName()), damaged);
  EXPECT_EQ(QDir(store_->asideName() + ".pictures").entryList(QDir::Files), pictures);
  EXPECT_TRUE(titles().isEmpty());
  chat_about("two");
  EXPECT_EQ(titles(), QStringList("two"));
  reopen();
  EXPECT_TRUE(store_->asideName().isEmpty());
  EXPECT_EQ(titles(), QStringList("two"));
}

TEST_F(ChatStoreTest, SaysWhenItCannotWrite) {
  store_.reset();
  const QString place = folder() + "/taken";
  write_to(place, "a file where the folder is to be");
  const Result<std::unique_ptr<ChatStore>> opened = ChatStore::open(place);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kIo);
}

TEST_F(ChatStoreTest, SweepsPicturesThatNothingShows) {
  chat_about("one", {picture_of(8, 8, 1)});
  write_to(folder() + "/pictures/left-by-a-killed-program.png", "x");
  reopen();
  EXPECT_EQ(picture_files().size(), 1);
}

TEST_F(ChatStoreTest, AMissingOrDamagedPictureIsNoPicture) {
  const ChatId chat = chat_about("one", {picture_of(8, 8, 1), picture_of(8, 8, 2)});
  const QStringList files = picture_files();
  QFile::remove(folder() + "/pictures/" + files[0]);
  write_to(folder() + "/pictures/" + files[1], "no picture");
  reopen();
  const Result<ChatContent> content = store_->load(chat);
  ASSERT_TRUE(content);
  for (const ChatPicturePtr& picture : content->messages.front().pictures)
    EXPECT_FALSE(picture->picture());
}

}  // namespace
}  // namespace galago::ui
