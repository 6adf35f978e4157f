// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The zip files that packs and bundles are: entries stored as they are, each read and written in
// one pass with its SHA-256. What is read may come from anywhere.
#pragma once

#include <QSaveFile>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

class QuaZip;

namespace galago {

/// Called with the number of bytes that were just read or written.
using BytesMoved = std::function<void(std::uint64_t bytes)>;

class PackWriter {
 public:
  /// Appears as `path` when it is finished. Errors: kIo.
  static Result<std::unique_ptr<PackWriter>> create(const std::filesystem::path& path);

  PackWriter(const PackWriter&) = delete;
  PackWriter& operator=(const PackWriter&) = delete;
  /// Removes what was written, unless it was finished.
  ~PackWriter();

  /// Errors: kIo.
  Status add_text(const std::string& name, const std::string& text);
  /// Errors: kIo, kCancelled; kHash, where the file is not the one that `sha256` names.
  Status add_file(const std::string& name, const std::filesystem::path& path,
                  const std::string& sha256, const std::stop_token& stop, const BytesMoved& moved);
  /// Errors: kIo.
  Status finish();

 private:
  explicit PackWriter(const std::filesystem::path& path);

  Error write_error() const;

  QSaveFile file_;
  std::unique_ptr<QuaZip> zip_;
};

class PackReader {
 public:
  struct Entry {
    std::string name;
    std::uint64_t size = 0;
  };

  /// Reads and checks the list of entries: all stored, none encrypted, a link, a folder, named
  /// twice or larger than the file could hold. Errors: kIo, kFormat.
  static Result<std::unique_ptr<PackReader>> open(const std::filesystem::path& path);

  PackReader(const PackReader&) = delete;
  PackReader& operator=(const PackReader&) = delete;
  ~PackReader();

  const std::vector<Entry>& entries() const { return entries_; }

  /// Null: there is none of that name.
  const Entry* find(const std::string& name) const;

  /// Errors: kFormat (larger than `max_bytes`, damaged), kIo.
  Result<std::string> read_text(const std::string& name, std::size_t max_bytes);
  /// Writes the entry to a new file and gives its SHA-256. Errors: kFormat, kIo, kCancelled.
  Result<std::string> extract(const std::string& name, const std::filesystem::path& path,
                              const std::stop_token& stop, const BytesMoved& moved);

 private:
  using Sink = std::function<Status(const char* bytes, std::size_t count)>;

  explicit PackReader(const std::filesystem::path& path);

  Status read_list();
  Status check_place(const Entry& entry, std::uint64_t begin);
  /// Hands the bytes of an entry to `sink`.
  Status read(const Entry& entry, const Sink& sink);
  Error damaged(const std::string& why) const;

  std::filesystem::path path_;
  std::unique_ptr<QuaZip> zip_;
  std::vector<Entry> entries_;
  std::uint64_t file_size_ = 0;
  std::map<std::uint64_t, std::pair<std::uint64_t, std::string>> places_;  // of what was read
};

}  // namespace galago
