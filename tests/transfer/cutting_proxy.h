// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Passes connections on to a server, and cuts each after as many bytes of the answer as it was
// told. Works in the event loop of who made it. Since it passes on what it gets, it is an HTTP
// proxy too.
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <cstdint>
#include <deque>
#include <string>

namespace galago {

class CuttingProxy : public QObject {
  Q_OBJECT

 public:
  explicit CuttingProxy(int server_port);

  /// The next connections, in this order; those after them are left alone.
  void cut_after(std::deque<std::int64_t> bytes) { cuts_ = std::move(bytes); }

  std::string url(const std::string& path) const;

  int connections() const { return connections_; }

  /// What was asked for first.
  const QByteArray& first_request() const { return first_request_; }

 private:
  void accept();

  int server_port_;
  QTcpServer listener_;
  std::deque<std::int64_t> cuts_;
  int connections_ = 0;
  QByteArray first_request_;
};

}  // namespace galago
