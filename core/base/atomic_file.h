// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A file being written that appears under its name only when it is complete. Where the system can,
// it has no name at all before, so that a program that is killed leaves nothing.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"

namespace galago {

class AtomicFile {
 public:
  /// Makes a temporary file in the folder of `path`. Errors: kIo.
  static Result<AtomicFile> create(const std::filesystem::path& path);

  AtomicFile(AtomicFile&&) = default;
  AtomicFile& operator=(AtomicFile&&) = delete;
  /// Removes what was written, unless finish() succeeded.
  ~AtomicFile();

  const std::filesystem::path& path() const { return path_; }

  bool is_finished() const { return file_ == nullptr; }

  /// Errors: kIo.
  Status write(std::span<const std::byte> bytes);

  /// Gives the file its name, in place of an older one; to be called once. Errors: kIo.
  Status finish();

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }  // NOLINT(*-owning-memory)
  };

  explicit AtomicFile(std::filesystem::path path) : path_(std::move(path)) {}

  Status create_temporary();
  int create_nameless() const;
  int create_named();
  Status give_name();
  Error io_error(const char* what) const;

  std::filesystem::path path_;
  std::filesystem::path temporary_;  // empty: it has no name yet
  std::unique_ptr<std::FILE, CloseFile> file_;
};

/// Writes a whole file in one go, in place of an older one. Errors: kIo.
Status write_text_file(const std::filesystem::path& path, std::string_view text);

}  // namespace galago
