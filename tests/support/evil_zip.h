// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Zip files as no honest program writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace galago {

struct ZipEntry {
  std::string name;
  std::string data;
  // What is said instead of the truth.
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
  std::uint32_t attributes = 0;  ///< Unix mode in the upper half
  std::optional<std::uint64_t> stated_size;
  std::optional<std::uint64_t> stated_packed_size;
  std::optional<std::uint64_t> stated_offset;  ///< of the entry's head in the file
};

enum class ZipKind {
  kPlain,
  kZip64,  ///< sizes and offsets in 64 bits, as in files of 4 GB and more
};

/// The bytes of a zip file with these entries, in this order.
std::string evil_zip(const std::vector<ZipEntry>& entries, ZipKind kind = ZipKind::kPlain);

}  // namespace galago
