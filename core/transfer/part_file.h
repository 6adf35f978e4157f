// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A file that has come in part: NAME.part and, beside it, NAME.part.json, which says where from and
// which version of it, so that another run of the program can ask for the rest of the same.
// Blocking; one thread at a time.
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "transfer/file_hash.h"

namespace galago {

/// What the server said of the file when its first byte came.
struct PartOrigin {
  std::string url;
  std::string etag;           ///< as sent; empty: none
  std::string last_modified;  ///< as sent; empty: none
  std::optional<std::uint64_t> size;

  /// For If-Range; empty: the server named nothing that tells one version from another.
  QByteArray validator() const;

  friend bool operator==(const PartOrigin&, const PartOrigin&) = default;
};

class PartFile {
 public:
  /// Opens or makes it, and reads and hashes what is there. Errors: kIo, kCancelled.
  static Result<PartFile> open(const std::filesystem::path& path, const std::stop_token& stop,
                               const HashProgress& progress);

  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&&) = delete;
  ~PartFile();

  std::uint64_t size() const { return size_; }

  /// Of the bytes so far; nothing when it is new, or its JSON is lost.
  const std::optional<PartOrigin>& origin() const { return origin_; }

  /// Drops what is there; what comes next is from `origin`. Errors: kIo.
  Status restart(PartOrigin origin);
  /// Errors: kIo; what was there before stays.
  Status append(std::span<const char> bytes);

  /// Of the bytes so far.
  std::string sha256() const;

  /// Removes both files.
  void remove();

  static std::filesystem::path origin_path(const std::filesystem::path& part);

 private:
  PartFile(int descriptor, std::filesystem::path path);

  Status write_all(std::span<const char> bytes);
  Error write_error() const;

  int descriptor_ = -1;
  std::filesystem::path path_;
  std::uint64_t size_ = 0;
  std::optional<PartOrigin> origin_;
  std::unique_ptr<QCryptographicHash> hash_;  // cannot be moved in Qt 6.2
};

}  // namespace galago
