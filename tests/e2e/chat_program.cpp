// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The program's own objects without its window, for a test that kills it.
//
//   chat_program ask FOLDER    asks a slow model, and prints all that is shown of the answer, a
//   line
//                              each time, until it is killed
//   chat_program show FOLDER   prints the chat that the next start shows: its rows, one a line
#include <QGuiApplication>
#include <QTextStream>
#include <filesystem>

#include "application.h"
#include "qml/slow_model.h"
#include "support/test_data.h"

namespace {

using galago::ui::ChatViewModel;
using galago::ui::MessageListModel;

void print(const MessageListModel& messages, int row) {
  QTextStream out(stdout);
  out << messages.index(row).data(MessageListModel::TextRole).toString().replace('\n', ' ') << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  const QGuiApplication qt(argc, argv);
  const QString wish = qt.arguments().value(1);
  const QString folder = qt.arguments().value(2);
  galago::ApplicationOptions options;
  options.chatFolder = folder + QStringLiteral("/chats");
  options.settingsFile = folder + QStringLiteral("/settings");
  options.model = folder + QStringLiteral("/model");
  const std::filesystem::path model = options.model.toStdString();
  if (std::filesystem::create_directories(model) &&
      !galago::write_deep_model(galago::test_data_folder() / "model", model, 80))
    return 1;
  galago::Application application(options);
  galago::ui::AppViewModel& app = application.viewModel();
  ChatViewModel& chat = *app.chat();
  const MessageListModel& messages = *chat.messages();
  if (wish == QLatin1String("ask")) {
    QObject::connect(&chat, &ChatViewModel::phaseChanged, &chat, [&] {
      if (chat.phase() == ChatViewModel::Idle && messages.count() == 0)
        chat.send(QStringLiteral("What do you see?"));
    });
    QObject::connect(&messages, &MessageListModel::answerGrew, &chat,
                     [&] { print(messages, messages.count() - 1); });
  } else {
    QObject::connect(
        app.history(), &galago::ui::HistoryViewModel::restoringChanged, &chat,
        [&] {
          if (app.history()->isRestoring()) return;
          for (int row = 0; row < messages.count(); ++row) print(messages, row);
          QCoreApplication::quit();
        },
        Qt::QueuedConnection);
  }
  application.start();
  return QGuiApplication::exec();
}
