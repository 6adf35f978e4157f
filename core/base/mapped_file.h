// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A file mapped read-only into memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"

namespace galago {

class MappedFile {
 public:
  /// Maps the whole file. Errors: kIo (cannot be opened, is a folder), kFormat (empty).
  static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);

  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return {data_, size_}; }

  const std::filesystem::path& path() const { return path_; }

  /// Asks the system to read a part ahead of its use.
  void prefetch(std::size_t offset, std::size_t size) const;

 private:
  MappedFile(std::filesystem::path path, const std::byte* data, std::size_t size);

  std::filesystem::path path_;
  const std::byte* data_;
  std::size_t size_;
};

/// Lets go of the memory behind a part of a mapped file; what is used again is read again.
void release_mapped(std::span<const std::byte> bytes);

}  // namespace galago
