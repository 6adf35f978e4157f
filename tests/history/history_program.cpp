// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Keeps chats as the window does, as fast as it goes, and says of each step when it is kept. Its
// parent kills it at some moment.
//
//   history_program FOLDER
#include <QCoreApplication>
#include <QImage>
#include <iostream>

#include "history/chat_store.h"

namespace {

using namespace galago;
using namespace galago::ui;

ChatPicturePtr noise(int seed) {
  Image image{200, 150, {}};
  image.pixels.resize(std::size_t{3} * 200 * 150);
  auto state = static_cast<unsigned>(seed);
  for (std::uint8_t& value : image.pixels) {
    state = state * 1664525U + 1013904223U;
    value = static_cast<std::uint8_t>(state >> 24U);
  }
  return std::make_shared<ChatPicture>(std::make_shared<const Picture>(std::move(image)));
}

/// One chat: a question with a picture, and its answer word by word.
Status keep_chat(ChatStore& store, int number) {
  const ChatId chat = newChatOrMessageId();
  ChatMessage asked;
  asked.id = newChatOrMessageId();
  asked.text = QStringLiteral("question %1").arg(number);
  asked.pictures.push_back(noise(number));
  ChatMessage answered;
  answered.id = newChatOrMessageId();
  answered.parent = asked.id;
  answered.kind = MessageKind::kAnswer;
  answered.state = AnswerState::kWaiting;
  GALAGO_TRY(store.add(chat, {asked, answered}));
  std::cout << chat << " 0" << std::endl;
  for (int word = 1; word <= 20; ++word) {
    answered.text += QStringLiteral("word%1 ").arg(word);
    answered.state = word == 20 ? AnswerState::kComplete : AnswerState::kStreaming;
    GALAGO_TRY(store.update(answered));
    std::cout << chat << ' ' << word << std::endl;
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  auto store = ChatStore::open(QString::fromLocal8Bit(argv[1]));
  for (int number = 1; store; ++number) {
    if (const Status kept = keep_chat(**store, number); !kept) {
      std::cerr << kept.error().message() << '\n';
      return 1;
    }
  }
  std::cerr << store.error().message() << '\n';
  return 1;
}
