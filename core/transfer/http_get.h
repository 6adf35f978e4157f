// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One GET of a file, or of the rest of one: follows redirects, never to a connection less safe, and
// hands on the bytes as they come. TLS is always verified.
#pragma once

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QUrl>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "transfer/http_head.h"

namespace galago {

struct HttpRange {
  std::uint64_t offset = 0;  ///< 0: the whole file
  QByteArray validator;      ///< If-Range; empty: none
};

/// Who takes what a GET brings. An error from the first two ends it, and on_end() is not called.
class HttpReceiver {
 public:
  virtual ~HttpReceiver() = default;
  virtual void on_head(const HttpHead& head) = 0;
  virtual void on_bytes(std::span<const char> bytes) = 0;
  /// Once, unless the GET was destroyed before. Nothing: the server has sent all it wanted to.
  virtual void on_end(const std::optional<HttpFailure>& failure) = 0;
};

class HttpGet : public QObject {
  Q_OBJECT

 public:
  /// Begins at once. The receiver may end it at any time, in its calls too: destroy it with
  /// deleteLater(), after stop().
  HttpGet(QNetworkAccessManager& manager, const QUrl& url, HttpRange range,
          std::chrono::milliseconds silence, HttpReceiver& receiver);
  ~HttpGet() override;

  HttpGet(const HttpGet&) = delete;
  HttpGet& operator=(const HttpGet&) = delete;

  /// The receiver hears nothing more.
  void stop();

  /// What the server that redirects says of the file it leads to, as Hugging Face does; lower case,
  /// empty: nothing.
  const std::string& announced_sha256() const { return announced_sha256_; }

 private:
  void send(const QUrl& url);
  void read_reply_head();
  void read_reply();
  void end_reply();
  void follow_redirect();
  void end(const std::optional<HttpFailure>& failure);

  QNetworkAccessManager& manager_;
  HttpRange range_;
  std::chrono::milliseconds silence_;
  HttpReceiver* receiver_;
  QNetworkReply* reply_ = nullptr;  ///< owned by the manager until deleteLater()
  bool has_head_ = false;
  int redirects_ = 0;
  std::string announced_sha256_;
};

}  // namespace galago
