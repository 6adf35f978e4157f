// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the tests of downloads share: a server with two files, and waiting with an event loop.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "nginx_server.h"
#include "temporary_folder.h"
#include "transfer/downloader.h"

namespace galago {

/// Random bytes, the same for each seed.
std::string random_bytes(std::size_t size, unsigned seed);
std::string sha256_of(const std::string& bytes);
std::string read_file(const std::filesystem::path& path);

/// Runs the event loop until `is_so`; false after 20 seconds.
bool wait_until(const std::function<bool()>& is_so);

/// Short waits; a second of silence is a lost connection.
DownloadOptions quick_options();

class TransferTest : public testing::Test {
 protected:
  static constexpr std::size_t kModelSize = 3'000'000;
  static constexpr std::size_t kProjectorSize = 300'000;

  void SetUp() override;

  /// Both files as they are now, from /plain/ or another of the server's ways.
  DownloadRequest both(const std::string& way = "plain") const;
  DownloadFile model_file(const std::string& way = "plain") const;
  /// Only the model, of which nothing is known but its address.
  DownloadRequest unknown_model(const std::string& url) const;

  void serve(const std::string& name, const std::string& bytes) const;

  /// To the end; true when all of it came.
  static bool run(Downloader& download);
  static bool reach(const Downloader& download, DownloadPhase phase);
  /// Receiving, with so much there.
  static bool receive(const Downloader& download, std::uint64_t bytes);

  bool is_installed() const;
  bool nothing_staged() const;
  /// How many requests the server got of which the log's line has that beginning.
  int requests(const std::string& beginning = "") const;

  TemporaryFolder folder_;
  std::unique_ptr<NginxServer> server_;
  std::string model_ = random_bytes(kModelSize, 1);
  std::string projector_ = random_bytes(kProjectorSize, 2);
  std::filesystem::path target_ = folder_.path() / "models/publisher/model";
};

}  // namespace galago
