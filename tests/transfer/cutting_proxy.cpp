// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cutting_proxy.h"

#include <limits>
#include <memory>

namespace galago {

CuttingProxy::CuttingProxy(int server_port) : server_port_(server_port) {
  listener_.listen(QHostAddress::LocalHost);
  connect(&listener_, &QTcpServer::newConnection, this, &CuttingProxy::accept);
}

std::string CuttingProxy::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(listener_.serverPort()) + path;
}

void CuttingProxy::accept() {
  QTcpSocket* const client = listener_.nextPendingConnection();
  auto* const server = new QTcpSocket(client);
  ++connections_;
  auto left = std::make_shared<std::int64_t>(std::numeric_limits<std::int64_t>::max());
  if (!cuts_.empty()) {
    *left = cuts_.front();
    cuts_.pop_front();
  }
  connect(client, &QTcpSocket::readyRead, server, [this, client, server] {
    const QByteArray request = client->readAll();
    if (first_request_.isEmpty()) first_request_ = request;
    server->write(request);
  });
  connect(server, &QTcpSocket::readyRead, client, [client, server, left] {
    const QByteArray answer = server->readAll().left(*left);
    client->write(answer);
    *left -= answer.size();
    if (*left == 0) client->disconnectFromHost();  // after what was written
  });
  connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
  connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
  server->connectToHost(QHostAddress::LocalHost, static_cast<quint16>(server_port_));
}

}  // namespace galago
