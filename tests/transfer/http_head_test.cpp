// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/http_head.h"

#include <gtest/gtest.h>

#include <chrono>

#include "transfer/rate_meter.h"
#include "transfer/staging.h"

namespace galago {
namespace {

using namespace std::chrono_literals;

TEST(HttpHead, ContentRange) {
  const auto range = parse_content_range("bytes 5-9/10");
  ASSERT_TRUE(range);
  EXPECT_EQ(range->offset, 5U);
  EXPECT_EQ(range->size, 10U);
  const auto open_end = parse_content_range("bytes 0-0/*");
  ASSERT_TRUE(open_end);
  EXPECT_FALSE(open_end->size);
  for (const char* wrong : {"", "bytes", "bytes 5-9", "bytes 9-5/10", "bytes 5-10/10", "bytes */10",
                            "lines 5-9/10", "bytes -5-9/10", "bytes +5-9/10", "bytes 5-9/1/0",
                            "bytes 99999999999999999999-99999999999999999999/*"})
    EXPECT_FALSE(parse_content_range(wrong)) << wrong;
}

TEST(RateMeter, OverTheLastSeconds) {
  RateMeter meter;
  RateMeter::Clock::time_point now{};
  EXPECT_EQ(meter.bytes_per_second(now), 0);
  meter.start(now);
  EXPECT_EQ(meter.bytes_per_second(now + 100ms), 0) << "too early to say";
  for (int i = 0; i < 100; ++i) meter.add(1000, now += 100ms);
  EXPECT_NEAR(meter.bytes_per_second(now), 10000, 500);
  for (int i = 0; i < 100; ++i) meter.add(10, now += 100ms);
  EXPECT_NEAR(meter.bytes_per_second(now), 100, 5) << "what was fast before does not count";
}

DownloadRequest request_of(const std::string& url, const std::string& name) {
  return {{{url, name, {}, {}}}, "/tmp/galago/model", {}};
}

TEST(DownloadRequest, IsChecked) {
  EXPECT_TRUE(check_request(request_of("https://a.example/b", "b.gguf")));
  for (const char* name : {"", ".", "..", "../b", "a/b", ".hidden", "b.part", "a\nb", "a\\b"})
    EXPECT_FALSE(check_request(request_of("https://a.example/b", name))) << name;
  for (const char* url : {"", "b", "/b", "file:///etc/passwd", "ftp://a.example/b", "https:///b"})
    EXPECT_FALSE(check_request(request_of(url, "b.gguf"))) << url;
  DownloadRequest twice = request_of("https://a.example/b", "b.gguf");
  twice.files.push_back(twice.files.front());
  EXPECT_FALSE(check_request(twice));
  DownloadRequest hash = request_of("https://a.example/b", "b.gguf");
  hash.files.front().sha256 = "abc";
  EXPECT_FALSE(check_request(hash));
  DownloadRequest relative = request_of("https://a.example/b", "b.gguf");
  relative.folder = "model";
  EXPECT_FALSE(check_request(relative));
  EXPECT_FALSE(check_request({{}, "/tmp/galago/model", {}}));
}

TEST(PartOrigin, WeakTagsAreNoValidators) {
  EXPECT_EQ((PartOrigin{"u", "\"a\"", "Mon", {}}).validator(), "\"a\"");
  EXPECT_EQ((PartOrigin{"u", "W/\"a\"", "Mon", {}}).validator(), "Mon");
  EXPECT_EQ((PartOrigin{"u", "", "", {}}).validator(), "");
}

}  // namespace
}  // namespace galago
