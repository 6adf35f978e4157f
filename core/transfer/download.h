// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A download as plain values: what is wanted, and how far it is.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace galago {

struct DownloadFile {
  std::string url;   ///< http or https
  std::string name;  ///< in the folder; no path
  std::optional<std::uint64_t> size;
  std::string sha256;  ///< hexadecimal; empty: not known
};

/// A file that has come, and is what it should be.
struct DownloadedFile {
  std::string name;
  std::filesystem::path path;  ///< where it is now
  std::uint64_t size = 0;
  std::string sha256;  ///< of its bytes, lower case
};

/// Called in a thread of its own when all files are verified, before they are moved into place:
/// looks at them and may write more (a manifest) into `staging`, which is moved with them. A file
/// that was whole in its place already is not in `staging`. Unless the error is kIo, nothing is
/// kept.
using DownloadCheck = std::function<Status(const std::filesystem::path& staging,
                                           const std::vector<DownloadedFile>& files)>;

struct DownloadRequest {
  std::vector<DownloadFile> files;
  /// Where the files will be, all or none if the folder is not there yet. Until then they are in
  /// staging_folder(folder), on the same file system.
  std::filesystem::path folder;
  DownloadCheck check;  ///< may be empty
};

struct DownloadOptions {
  /// How often a connection may fail without a byte having come before the download ends.
  int attempts = 6;
  std::chrono::milliseconds first_wait{1000};  ///< after a failure; doubles
  std::chrono::milliseconds longest_wait{30000};
  std::chrono::milliseconds silence{30000};  ///< a connection as quiet as this counts as lost
};

enum class DownloadPhase {
  kIdle,
  kChecking,  ///< reading what is there already
  kConnecting,
  kReceiving,
  kWaiting,  ///< before the next try; `error` says what the last one ended with
  kPaused,
  kFinishing,  ///< moving into place
  kDone,
  kFailed,     ///< `error` says why; resume() tries again
  kCancelled,  ///< nothing was kept
};

struct DownloadStatus {
  DownloadPhase phase = DownloadPhase::kIdle;
  std::size_t file = 0;  ///< index of the file at hand
  std::size_t files = 0;
  std::string name;              ///< of the file at hand
  std::uint64_t bytes_done = 0;  ///< of all files; while checking, what was there before is counted
  std::uint64_t bytes_total = 0;  ///< 0: not known (yet)
  double bytes_per_second = 0;    ///< over the last seconds
  std::optional<double> seconds_left;
  std::chrono::milliseconds wait{0};  ///< kWaiting: until the next try
  std::optional<Error> error;
};

}  // namespace galago
