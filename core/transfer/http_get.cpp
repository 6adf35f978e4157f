// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/http_get.h"

#include <QNetworkRequest>
#include <utility>
#include <vector>

#include "transfer/file_hash.h"

namespace galago {
namespace {

constexpr qint64 kBuffer = 1 << 20;
constexpr qint64 kPiece = 1 << 18;
constexpr int kMostRedirects = 10;
constexpr int kOk = 200;
constexpr int kPartialContent = 206;

QNetworkRequest make_request(const QUrl& url, const HttpRange& range,
                             std::chrono::milliseconds silence) {
  QNetworkRequest request(url);
  // Each redirect is looked at here.
  request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                       QNetworkRequest::ManualRedirectPolicy);
  // Qt's HTTP/2 takes no notice of the size of the read buffer.
  request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
  request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
  request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
  request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
  request.setTransferTimeout(static_cast<int>(silence.count()));
  request.setRawHeader("User-Agent", "Galago");
  // Qt would unpack a compressed body, and sizes and ranges would be those of something else.
  request.setRawHeader("Accept-Encoding", "identity");
  if (range.offset > 0) {
    request.setRawHeader("Range", "bytes=" + QByteArray::number(range.offset) + "-");
    if (!range.validator.isEmpty()) request.setRawHeader("If-Range", range.validator);
  }
  return request;
}

}  // namespace

HttpGet::HttpGet(QNetworkAccessManager& manager, const QUrl& url, HttpRange range,
                 std::chrono::milliseconds silence, HttpReceiver& receiver)
    : manager_(manager), range_(std::move(range)), silence_(silence), receiver_(&receiver) {
  send(url);
}

HttpGet::~HttpGet() { stop(); }

void HttpGet::stop() {
  receiver_ = nullptr;
  QNetworkReply* const reply = std::exchange(reply_, nullptr);
  if (reply == nullptr) return;
  reply->disconnect(this);
  reply->abort();
  reply->deleteLater();
}

void HttpGet::send(const QUrl& url) {
  has_head_ = false;
  reply_ = manager_.get(make_request(url, range_, silence_));
  reply_->setReadBufferSize(kBuffer);
  connect(reply_, &QNetworkReply::metaDataChanged, this, &HttpGet::read_reply_head);
  connect(reply_, &QNetworkReply::readyRead, this, &HttpGet::read_reply);
  connect(reply_, &QNetworkReply::finished, this, &HttpGet::end_reply);
}

void HttpGet::read_reply_head() {
  const int status = http_status(*reply_);
  if (has_head_ || (status != kOk && status != kPartialContent)) return;
  has_head_ = true;
  const auto head = read_head(*reply_);
  if (!head)
    end(HttpFailure{head.error(), false, false, {}});
  else
    receiver_->on_head(*head);
}

void HttpGet::read_reply() {
  if (reply_ != nullptr) read_reply_head();
  std::vector<char> piece(static_cast<std::size_t>(kPiece));
  // Whoever receives may stop this in between.
  while (reply_ != nullptr && has_head_ && reply_->bytesAvailable() > 0) {
    const qint64 count = reply_->read(piece.data(), kPiece);
    if (count <= 0) return;
    receiver_->on_bytes(std::span(piece.data(), static_cast<std::size_t>(count)));
  }
}

void HttpGet::end_reply() {
  if (reply_ != nullptr && is_redirect(http_status(*reply_))) {
    follow_redirect();
    return;
  }
  read_reply();
  if (reply_ == nullptr) return;
  if (reply_->error() != QNetworkReply::NoError || !has_head_)
    end(read_failure(*reply_));
  else
    end({});
}

void HttpGet::follow_redirect() {
  const auto target = redirect_target(*reply_);
  if (!target) {
    end(HttpFailure{target.error(), true, false, {}});
    return;
  }
  if (++redirects_ > kMostRedirects) {
    end(HttpFailure{{Errc::kNetwork, "the server leads in circles", {}}, true, false, {}});
    return;
  }
  QByteArray announced = reply_->rawHeader("X-Linked-ETag");
  announced.replace('"', "");
  if (is_sha256(announced.toStdString())) announced_sha256_ = announced.toLower().toStdString();
  reply_->disconnect(this);
  reply_->deleteLater();
  send(*target);
}

void HttpGet::end(const std::optional<HttpFailure>& failure) {
  HttpReceiver* const receiver = receiver_;
  stop();
  if (receiver != nullptr) receiver->on_end(failure);
}

}  // namespace galago
