// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the head of an HTTP response says about a file, and what a failure means.
#pragma once

#include <QByteArray>
#include <QNetworkReply>
#include <QUrl>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace galago {

struct HttpHead {
  std::uint64_t offset = 0;           ///< of the first byte that comes
  std::optional<std::uint64_t> size;  ///< of the whole file
  std::string etag;
  std::string last_modified;
  bool has_end = true;       ///< a body that breaks off is noticed
  bool is_web_page = false;  ///< by Content-Type
};

struct HttpFailure {
  Error error;
  bool is_lasting = false;     ///< asking again will not help
  bool is_beyond_end = false;  ///< 416: the file has no such bytes
  std::optional<std::chrono::seconds> retry_after;
};

/// Of a response with status 200 or 206. Errors: kNetwork, a range that makes no sense.
Result<HttpHead> read_head(const QNetworkReply& reply);

/// "bytes 5-9/10" → offset 5, size 10; "bytes 5-9/*" → no size.
std::optional<HttpHead> parse_content_range(const QByteArray& value);

/// Of a response that failed, or that has a status other than 200 and 206.
HttpFailure read_failure(const QNetworkReply& reply);

/// Where a redirect leads. Errors: kNetwork, from https to anything else, or to nowhere.
Result<QUrl> redirect_target(const QNetworkReply& reply);

bool is_redirect(int status);
int http_status(const QNetworkReply& reply);

}  // namespace galago
