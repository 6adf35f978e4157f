// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A program that is killed at any moment, in the middle of an answer too, loses nothing that it was
// told to be kept.
#include <QProcess>
#include <iostream>
#include <map>
#include <random>

#include "messages.h"

namespace galago::ui {
namespace {

class HistoryKilledTest : public ChatStoreTest {
 protected:
  /// Runs the program for so long, and kills it. What it said to be kept: words by chat.
  std::map<ChatId, int> run_and_kill(int ms) {
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(HISTORY_PROGRAM, {folder()});
    EXPECT_TRUE(program.waitForReadyRead());
    program.waitForFinished(ms);
    program.kill();
    program.waitForFinished();
    EXPECT_EQ(program.exitStatus(), QProcess::CrashExit);
    std::map<ChatId, int> kept;
    // A last line may be cut off.
    for (const QByteArray& line : program.readAllStandardOutput().split(QChar(10).toLatin1())) {
      const QList<QByteArray> words = line.split(' ');
      if (words.size() == 2 && !words[1].isEmpty()) {
        int& count = kept[words[0].toLongLong()];
        count = std::max(count, words[1].toInt());
      }
    }
    return kept;
  }

  /// Everything that was said to be kept is there, whole.
  void expect_kept(const std::map<ChatId, int>& kept) const {
    for (const auto& [chat, words] : kept) {
      const Result<ChatContent> content = store_->load(chat);
      ASSERT_TRUE(content) << content.error().message();
      ASSERT_EQ(content->messages.size(), 2U);
      ASSERT_EQ(content->messages[0].pictures.size(), 1U);
      EXPECT_TRUE(content->messages[0].pictures[0]->picture());
      const ChatMessage& answer = content->messages[1];
      const QStringList found = answer.text.split(' ', Qt::SkipEmptyParts);
      EXPECT_GE(found.size(), words);
      for (int i = 0; i < found.size(); ++i)
        EXPECT_EQ(found[i], QStringLiteral("word%1").arg(i + 1));
      EXPECT_EQ(answer.state, found.size() == 20 ? AnswerState::kComplete : AnswerState::kStopped);
    }
  }
};

TEST_F(HistoryKilledTest, AtRandomMoments) {
  constexpr unsigned kSeed = 20261126;
  constexpr int kRounds = 8;
  std::mt19937 random(kSeed);
  std::cout << "seed " << kSeed << "\n";
  std::map<ChatId, int> all;
  bool was_in_an_answer = false;
  for (int round = 0; round < kRounds; ++round) {
    store_.reset();
    for (const auto& [chat, words] : run_and_kill(static_cast<int>(random() % 150))) {
      all[chat] = words;
      was_in_an_answer = was_in_an_answer || (words > 0 && words < 20);
    }
    reopen();
    EXPECT_TRUE(store_->asideName().isEmpty());
    EXPECT_EQ(sql("PRAGMA integrity_check"), "ok");
    expect_kept(all);
    // What follows goes on with the same file.
    chat_about("after");
  }
  EXPECT_TRUE(was_in_an_answer);
  EXPECT_EQ(titles("after").size(), kRounds);
}

}  // namespace
}  // namespace galago::ui
