// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Runs the tests of a folder or of one file (-input) against the real window.
#include <QQmlContext>
#include <QQuickStyle>
#include <QtQuickTest>
#include <memory>

#include "harness.h"

namespace galago {

class Setup : public QObject {
  Q_OBJECT

 public slots:

  void applicationAvailable() {
    QCoreApplication::setApplicationName(QStringLiteral("galago"));
    QCoreApplication::setOrganizationName(QStringLiteral("galago"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GALAGO_VERSION));
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    m_harness = std::make_unique<Harness>();
  }

  void qmlEngineAvailable(QQmlEngine* engine) {
    m_harness->setEngine(engine);
    engine->rootContext()->setContextProperty(QStringLiteral("harness"), m_harness.get());
  }

  void cleanupTestCase() { m_harness.reset(); }

 private:
  std::unique_ptr<Harness> m_harness;
};

}  // namespace galago

QUICK_TEST_MAIN_WITH_SETUP(window, galago::Setup)

#include "main.moc"
