// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See file_server.h.
#include "file_server.h"

#include <QFile>
#include <QRegularExpression>
#include <QTimer>

namespace galago {
namespace {

constexpr int kStepMs = 20;

}  // namespace

FileServer::FileServer(const QString& folder) : m_folder(folder) {
  m_listener.listen(QHostAddress::LocalHost);
  connect(&m_listener, &QTcpServer::newConnection, this, &FileServer::accept);
}

QString FileServer::url() const {
  return QStringLiteral("http://127.0.0.1:%1").arg(m_listener.serverPort());
}

void FileServer::accept() {
  QTcpSocket* const client = m_listener.nextPendingConnection();
  connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
  connect(client, &QTcpSocket::readyRead, this, [this, client] {
    const QByteArray request = client->peek(client->bytesAvailable());
    if (!request.endsWith("\r\n\r\n")) return;
    client->readAll();
    answer(client, request);
  });
}

void FileServer::answer(QTcpSocket* client, const QByteArray& request) {
  const QString path = QString::fromLatin1(request.split(' ').value(1));
  QFile file(m_folder + path);
  if (path.contains(QLatin1String("..")) || !file.open(QIODevice::ReadOnly)) {
    client->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    client->disconnectFromHost();
    return;
  }
  static const QRegularExpression kRange(QStringLiteral("\r\nRange: bytes=(\\d+)-\r\n"),
                                         QRegularExpression::CaseInsensitiveOption);
  const auto range = kRange.match(QString::fromLatin1(request));
  const qint64 from = range.hasMatch() ? range.captured(1).toLongLong() : 0;
  file.seek(from);
  const QByteArray bytes = file.readAll();
  QByteArray head = range.hasMatch() ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n";
  if (range.hasMatch())
    head += "Content-Range: bytes " + QByteArray::number(from) + '-' +
            QByteArray::number(file.size() - 1) + '/' + QByteArray::number(file.size()) + "\r\n";
  client->write(head + "ETag: \"1\"\r\nContent-Length: " + QByteArray::number(bytes.size()) +
                "\r\nConnection: close\r\n\r\n");
  send(client, bytes);
}

void FileServer::send(QTcpSocket* client, const QByteArray& bytes) {
  const qsizetype step =
      m_bytesPerSecond > 0 ? m_bytesPerSecond * qsizetype{kStepMs} / 1000 : bytes.size();
  client->write(bytes.left(step));
  if (step >= bytes.size())
    client->disconnectFromHost();
  else
    QTimer::singleShot(kStepMs, client,
                       [this, client, rest = bytes.mid(step)] { send(client, rest); });
}

}  // namespace galago
