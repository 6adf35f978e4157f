// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The stored entries of a ZIP archive, where they lie in memory. torch.save writes archives of this
// kind; one that holds anything else is refused, since no checkpoint needs it.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

struct ZipEntry {
  std::string_view name;
  std::span<const std::byte> bytes;
};

class ZipArchive {
 public:
  /// Views of `file`, which must outlive the archive. Errors: kFormat (no archive, truncated,
  /// contradicts itself, entries that overlap, names that occur twice or lead elsewhere);
  /// kUnsupported (compressed or encrypted entries, archives of several files).
  static Result<ZipArchive> parse(std::span<const std::byte> file);

  /// Sorted by name.
  std::span<const ZipEntry> entries() const { return entries_; }

  const ZipEntry* find(std::string_view name) const;

 private:
  std::vector<ZipEntry> entries_;
};

}  // namespace galago
