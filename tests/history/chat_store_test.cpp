// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Chats come back as they were kept, are found, and go when they are deleted.
#include <QThread>

#include "messages.h"

namespace galago::ui {
namespace {

TEST_F(ChatStoreTest, KeepsMessagesAsTheyAre) {
  const ChatId chat = newChatOrMessageId();
  const ChatMessage asked = question("What is 'it'?", 0, {picture_of(20, 10, 7)});
  ChatMessage failed = answer("", asked.id);
  failed.state = AnswerState::kWaiting;
  failed.model = "Galago Tiny";
  ASSERT_TRUE(store_->add(chat, {asked, failed}));
  failed.state = AnswerState::kFailed;
  failed.error = Error{Errc::kContextFull, "too long", {"here", "there"}};
  ASSERT_TRUE(store_->update(failed));
  // Another answer to the same question, and another wording of it.
  ChatMessage better = answer("一个圆。\nA circle.", asked.id);
  better.state = AnswerState::kLengthLimit;
  better.stats.answer_tokens = 12;
  better.stats.decode_tokens = 11;
  better.stats.decode_ms = 250.5;
  better.droppedTurns = 2;
  ASSERT_TRUE(store_->add(chat, {better}));
  ASSERT_TRUE(store_->setTitle(chat, "  A  circle "));
  ASSERT_TRUE(store_->setLeaf(chat, failed.id));

  reopen();
  const Result<ChatContent> content = store_->load(chat);
  ASSERT_TRUE(content) << content.error().message();
  EXPECT_EQ(content->title, "A circle");
  EXPECT_EQ(content->leaf, failed.id);
  ASSERT_EQ(content->messages.size(), 3U);
  const ChatMessage& first = content->messages[0];
  EXPECT_EQ(first.id, asked.id);
  EXPECT_EQ(first.text, asked.text);
  EXPECT_EQ(first.kind, MessageKind::kQuestion);
  ASSERT_EQ(first.pictures.size(), 1U);
  const PicturePtr picture = first.pictures.front()->picture();
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->content_hash(), asked.pictures.front()->picture()->content_hash());
  const ChatMessage& second = content->messages[1];
  EXPECT_EQ(second.parent, asked.id);
  EXPECT_EQ(second.kind, MessageKind::kAnswer);
  EXPECT_EQ(second.state, AnswerState::kFailed);
  EXPECT_EQ(second.model, "Galago Tiny");
  ASSERT_TRUE(second.error);
  EXPECT_EQ(second.error->code, Errc::kContextFull);
  EXPECT_EQ(second.error->message(), failed.error->message());
  const ChatMessage& third = content->messages[2];
  EXPECT_EQ(third.text, better.text);
  EXPECT_EQ(third.state, AnswerState::kLengthLimit);
  EXPECT_EQ(third.stats.answer_tokens, 12);
  EXPECT_DOUBLE_EQ(third.stats.decode_tps(), better.stats.decode_tps());
  EXPECT_EQ(third.droppedTurns, 2);
}

TEST_F(ChatStoreTest, AnAnswerUnderWayIsStopped) {
  const ChatId chat = newChatOrMessageId();
  const ChatMessage asked = question("What is it?");
  ChatMessage begun = answer("A cir", asked.id);
  begun.state = AnswerState::kStreaming;
  ASSERT_TRUE(store_->add(chat, {asked, begun}));
  reopen();
  const Result<ChatContent> content = store_->load(chat);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->messages[1].state, AnswerState::kStopped);
  EXPECT_EQ(content->messages[1].text, "A cir");
}

TEST_F(ChatStoreTest, ListsPinnedOnesThenTheLatest) {
  const ChatId first = chat_about("one");
  QThread::msleep(2);
  chat_about("two");
  QThread::msleep(2);
  const ChatId third = chat_about("three");
  EXPECT_EQ(titles(), QStringList({"three", "two", "one"}));
  ASSERT_TRUE(store_->setPinned(first, true));
  EXPECT_EQ(titles(), QStringList({"one", "three", "two"}));
  ASSERT_TRUE(store_->setPinned(first, false));
  QThread::msleep(2);
  ASSERT_TRUE(store_->add(first, {question("and more")}));
  EXPECT_EQ(titles(), QStringList({"one", "three", "two"}));
  ASSERT_TRUE(store_->setTitle(third, "Number 3"));
  EXPECT_EQ(titles(), QStringList({"one", "Number 3", "two"}));
  ASSERT_TRUE(store_->setTitle(third, ""));
  EXPECT_EQ(titles(), QStringList({"one", "three", "two"}));
}

TEST_F(ChatStoreTest, FindsWordsInTitlesAndMessages) {
  const ChatId chat = chat_about("Straße 100%");
  chat_about("图中有几个苹果？");
  EXPECT_EQ(titles("STRAßE"), QStringList("Straße 100%"));
  EXPECT_EQ(titles("苹果"), QStringList("图中有几个苹果？"));
  EXPECT_EQ(titles("it is").size(), 2);
  EXPECT_EQ(titles("0%"), QStringList("Straße 100%"));
  EXPECT_TRUE(titles("1%0").isEmpty());
  EXPECT_TRUE(titles("' OR 1 --").isEmpty());
  ASSERT_TRUE(store_->setTitle(chat, "My road"));
  EXPECT_EQ(titles("ROAD"), QStringList("My road"));
  const Result<std::vector<ChatSummary>> found = store_->chats("100");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().excerpt, "Straße 100%");
}

TEST_F(ChatStoreTest, DeletedChatsCanBeHadBackUntilTheyGoForGood) {
  const ChatPicturePtr shared = picture_of(8, 8, 1);
  const ChatId kept = chat_about("one", {shared});
  const ChatId removed = chat_about("two", {shared, picture_of(8, 8, 2)});
  ASSERT_TRUE(store_->setDeleted(removed, true));
  EXPECT_EQ(titles(), QStringList("one"));
  EXPECT_TRUE(titles("two").isEmpty());
  EXPECT_FALSE(store_->load(removed));
  ASSERT_TRUE(store_->setDeleted(removed, false));
  EXPECT_EQ(titles().size(), 2);
  EXPECT_EQ(store_->load(removed)->messages.front().pictures.size(), 2U);

  ASSERT_TRUE(store_->setDeleted(removed, true));
  // Another program at the same chats leaves it, for its undo.
  reopen();
  ASSERT_TRUE(store_->purgeOwn());
  EXPECT_EQ(sql("SELECT count(*) FROM chats"), "2");
  EXPECT_EQ(picture_files().size(), 2);
  ASSERT_TRUE(store_->setDeleted(removed, true));
  ASSERT_TRUE(store_->purgeOwn());
  EXPECT_EQ(sql("SELECT count(*) FROM chats"), "1");
  EXPECT_EQ(sql("SELECT count(*) FROM messages"), "2");
  EXPECT_EQ(picture_files().size(), 1);
  EXPECT_TRUE(store_->load(kept)->messages.front().pictures.front()->picture());
}

TEST_F(ChatStoreTest, AllAreDeletedAndHadBack) {
  const ChatId one = chat_about("one");
  chat_about("two");
  const ChatId gone = chat_about("three");
  ASSERT_TRUE(store_->setDeleted(gone, true));
  const Result<std::vector<ChatId>> deleted = store_->deleteAll();
  ASSERT_TRUE(deleted);
  EXPECT_EQ(deleted->size(), 2U);
  EXPECT_TRUE(titles().isEmpty());
  ASSERT_TRUE(store_->setDeleted(one, false));
  EXPECT_EQ(titles(), QStringList("one"));
}

TEST_F(ChatStoreTest, WhatIsThereAlreadyBecomesAsItIsGiven) {
  const ChatId chat = newChatOrMessageId();
  const ChatMessage asked = question("one", 0, {picture_of(8, 8, 1)});
  ASSERT_TRUE(store_->add(chat, {asked}));
  ChatMessage answered = answer("It is", asked.id);
  answered.state = AnswerState::kComplete;
  ASSERT_TRUE(store_->add(chat, {asked, answered}));
  answered.text = "It is blue";
  ASSERT_TRUE(store_->add(chat, {asked, answered}));
  const Result<ChatContent> content = store_->load(chat);
  ASSERT_TRUE(content);
  ASSERT_EQ(content->messages.size(), 2U);
  EXPECT_EQ(content->messages[0].pictures.size(), 1U);
  EXPECT_EQ(content->messages[1].text, "It is blue");
  EXPECT_EQ(titles("blue").size(), 1);
}

TEST_F(ChatStoreTest, PicturesAreKeptOnceAndNoLargerThanNeeded) {
  chat_about("one", {picture_of(3000, 1500, 5)});
  chat_about("two", {picture_of(3000, 1500, 5)});
  EXPECT_EQ(picture_files().size(), 1);
  const ChatId chat = chat_about("three", {picture_of(3000, 1500, 6)});
  EXPECT_EQ(picture_files().size(), 2);
  reopen();
  const PicturePtr kept = store_->load(chat)->messages.front().pictures.front()->picture();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->image().width, PictureShelf::kLargestSide);
  EXPECT_EQ(kept->image().height, PictureShelf::kLargestSide / 2);
  // Asked about again it is not kept anew.
  chat_about("four", {store_->load(chat)->messages.front().pictures.front()});
  EXPECT_EQ(picture_files().size(), 2);
}

}  // namespace
}  // namespace galago::ui
