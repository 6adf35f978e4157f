// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/http_head.h"

#include <QList>
#include <QString>
#include <utility>

namespace galago {
namespace {

constexpr int kOk = 200;
constexpr int kPartialContent = 206;
constexpr int kRangeNotSatisfiable = 416;

std::optional<std::uint64_t> to_number(const QByteArray& text) {
  bool ok = false;
  const qulonglong number = text.trimmed().toULongLong(&ok);
  if (!ok || text.trimmed().startsWith('+')) return {};
  return number;
}

Error network_error(std::string detail) { return {Errc::kNetwork, std::move(detail), {}}; }

/// Statuses of servers that are busy or out of order, not of files that are not there.
bool is_passing(int status) {
  constexpr int kTimeout = 408;
  constexpr int kTooEarly = 425;
  constexpr int kTooMany = 429;
  constexpr int kServerError = 500;
  return status == kTimeout || status == kTooEarly || status == kTooMany || status >= kServerError;
}

std::string status_text(int status) {
  constexpr int kUnauthorized = 401;
  constexpr int kForbidden = 403;
  constexpr int kNotFound = 404;
  constexpr int kGone = 410;
  const std::string number = " (HTTP " + std::to_string(status) + ")";
  switch (status) {
    case kUnauthorized:
    case kForbidden:
      return "the server does not give this file to everybody" + number;
    case kNotFound:
    case kGone:
      return "the server has no such file" + number;
    default:
      return (is_passing(status) ? "the server cannot answer now"
                                 : "the server refuses this file") +
             number;
  }
}

/// Failures of the connection that the same address may not have the next time.
bool is_lasting(QNetworkReply::NetworkError error) {
  switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::TooManyRedirectsError:
      return true;
    default:
      return false;
  }
}

std::string connection_text(const QNetworkReply& reply) {
  switch (reply.error()) {
    case QNetworkReply::SslHandshakeFailedError:
      return "the connection is not safe, so nothing was downloaded: " +
             reply.errorString().toStdString();
    case QNetworkReply::HostNotFoundError:
      return "the server was not found: is this machine online?";
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:  // what a transfer timeout is in Qt
      return "the server has gone silent";
    case QNetworkReply::RemoteHostClosedError:
      return "the connection was lost";
    default:
      return reply.errorString().toStdString();
  }
}

}  // namespace

int http_status(const QNetworkReply& reply) {
  return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::optional<HttpHead> parse_content_range(const QByteArray& value) {
  const QByteArray text = value.trimmed();
  if (!text.startsWith("bytes ")) return {};
  const QList<QByteArray> range_and_size = text.mid(6).split('/');
  if (range_and_size.size() != 2) return {};
  const QList<QByteArray> ends = range_and_size[0].split('-');
  if (ends.size() != 2) return {};
  const auto first = to_number(ends[0]);
  const auto last = to_number(ends[1]);
  if (!first || !last || *last < *first) return {};
  HttpHead head;
  head.offset = *first;
  if (range_and_size[1].trimmed() == "*") return head;
  head.size = to_number(range_and_size[1]);
  if (!head.size || *last >= *head.size) return {};
  return head;
}

Result<HttpHead> read_head(const QNetworkReply& reply) {
  HttpHead head;
  if (http_status(reply) == kPartialContent) {
    const auto range = parse_content_range(reply.rawHeader("Content-Range"));
    if (!range) return network_error("the server's answer makes no sense (Content-Range)");
    head = *range;
  } else {
    head.size = to_number(reply.rawHeader("Content-Length"));
  }
  head.etag = reply.rawHeader("ETag").toStdString();
  head.last_modified = reply.rawHeader("Last-Modified").toStdString();
  head.has_end = reply.hasRawHeader("Content-Length") ||
                 reply.rawHeader("Transfer-Encoding").toLower().contains("chunked");
  head.is_web_page = reply.rawHeader("Content-Type").toLower().startsWith("text/html");
  return head;
}

HttpFailure read_failure(const QNetworkReply& reply) {
  HttpFailure failure;
  const int status = http_status(reply);
  // The body of a good response that broke off is a failure of the connection.
  if (status != 0 && status != kOk && status != kPartialContent) {
    failure.error = network_error(status_text(status));
    failure.is_lasting = !is_passing(status);
    failure.is_beyond_end = status == kRangeNotSatisfiable;
    if (const auto wait = to_number(reply.rawHeader("Retry-After")); wait && *wait < 3600)
      failure.retry_after = std::chrono::seconds(*wait);
    return failure;
  }
  failure.error = network_error(connection_text(reply));
  failure.is_lasting = is_lasting(reply.error());
  return failure;
}

Result<QUrl> redirect_target(const QNetworkReply& reply) {
  const QUrl target = reply.url().resolved(QUrl::fromEncoded(reply.rawHeader("Location")));
  const bool was_safe = reply.url().scheme() == "https";
  if (reply.rawHeader("Location").isEmpty() || target.host().isEmpty() ||
      (target.scheme() != "https" && target.scheme() != "http"))
    return network_error("the server leads to an address that cannot be used");
  if (was_safe && target.scheme() != "https")
    return network_error("the server leads from a safe connection to one that is not; refused");
  return target;
}

}  // namespace galago
