// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Gives the files of one folder over HTTP, on 127.0.0.1, whole or from some byte on, as fast as it
// is told to. For what the window shows of downloads; the downloads themselves are tested with
// nginx.
#pragma once

#include <QObject>
#include <QString>
#include <QTcpServer>
#include <QTcpSocket>

namespace galago {

class FileServer : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString url READ url CONSTANT)
  /// 0: as fast as it goes.
  Q_PROPERTY(int bytesPerSecond MEMBER m_bytesPerSecond)

 public:
  explicit FileServer(const QString& folder);

  QString url() const;

 private:
  void accept();
  void answer(QTcpSocket* client, const QByteArray& request);
  void send(QTcpSocket* client, const QByteArray& bytes);

  QString m_folder;
  QTcpServer m_listener;
  int m_bytesPerSecond = 0;
};

}  // namespace galago
