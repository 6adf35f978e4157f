// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Galago's window: makes the Qt application, the objects, and shows Main.qml.
#include <QGuiApplication>
#include <QIcon>
#include <QPixmap>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QStandardPaths>
#include <QTimer>
#include <cstdio>
#include <utility>

#include "application.h"
#include "command_line.h"

namespace {

constexpr int kSmokeTimeoutMs = 60'000;

/// Ends the program with 0 once the window has painted, or with 1 if it never does.
void endAfterFirstFrame(const QQmlApplicationEngine& engine) {
  const auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
  QObject::connect(
      window, &QQuickWindow::frameSwapped, qApp, [] { QCoreApplication::exit(0); },
      Qt::QueuedConnection);
  QTimer::singleShot(kSmokeTimeoutMs, qApp, [] { QCoreApplication::exit(1); });
}

}  // namespace

int main(int argc, char* argv[]) {
  QStringList arguments;
  for (int i = 0; i < argc; ++i) arguments += QString::fromLocal8Bit(argv[i]);
  const galago::CommandLine line = galago::parseCommandLine(arguments);
  if (line.message) {
    std::fputs(qUtf8Printable(*line.message), line.exitCode == 0 ? stdout : stderr);
    return line.exitCode;
  }

  QGuiApplication::setApplicationName(QStringLiteral("galago"));
  QGuiApplication::setOrganizationName(QStringLiteral("galago"));
  QGuiApplication::setApplicationVersion(QStringLiteral(GALAGO_VERSION));
  QGuiApplication::setApplicationDisplayName(QStringLiteral("Galago"));
  QGuiApplication::setDesktopFileName(QStringLiteral("org.galago.Galago"));
  const QGuiApplication qt(argc, argv);
  QGuiApplication::setWindowIcon(QIcon(QPixmap(QStringLiteral(":/galago/galago.png"))));
  QQuickStyle::setStyle(QStringLiteral("Basic"));  // the file dialog's; our own controls say so

  galago::ApplicationOptions options = line.options;
  options.chatFolder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                       QStringLiteral("/galago/chats");
  options.pictureFolder =
      QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/pictures");
  galago::Application application(std::move(options));
  QQmlApplicationEngine engine;  // ends before the objects that it shows
  application.attachTo(engine);
  engine.setInitialProperties({{"app", QVariant::fromValue(&application.viewModel())}});
  engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Galago/Main.qml")));
  if (engine.rootObjects().isEmpty()) return 1;
  if (line.smoke) endAfterFirstFrame(engine);
  application.start();
  return QGuiApplication::exec();
}
