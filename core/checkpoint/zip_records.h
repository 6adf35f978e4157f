// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Records of ZIP archives, and where the list of an archive's entries is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "gguf/byte_reader.h"

namespace galago::zip {

// By their signatures ("PK" and two numbers), and their sizes without what follows them.
inline constexpr std::uint32_t kLocalHeader = 0x04034b50;
inline constexpr std::uint32_t kCentralHeader = 0x02014b50;
inline constexpr std::uint32_t kEnd = 0x06054b50;
inline constexpr std::uint32_t kEnd64 = 0x06064b50;
inline constexpr std::uint32_t kEnd64Locator = 0x07064b50;

inline constexpr std::size_t kLocalHeaderBytes = 30;
inline constexpr std::size_t kCentralHeaderBytes = 46;
inline constexpr std::size_t kEndBytes = 22;
inline constexpr std::size_t kEnd64Bytes = 56;
inline constexpr std::size_t kEnd64LocatorBytes = 20;
inline constexpr std::size_t kLargestComment = 0xffff;

// In a 16- or 32-bit field: the number is in the zip64 extension.
inline constexpr std::uint64_t kIn64 = 0xffffffff;
inline constexpr std::uint16_t kExtra64 = 1;

/// The number of a record's field; the caller has checked that the record is there.
template <class T>
T field(std::span<const std::byte> record, std::size_t at) {
  return *ByteReader(record.subspan(at)).take<T>();
}

inline bool is_record(std::span<const std::byte> bytes, std::size_t at, std::size_t size,
                      std::uint32_t signature) {
  return at <= bytes.size() && bytes.size() - at >= size &&
         field<std::uint32_t>(bytes, at) == signature;
}

/// The list of entries.
struct CentralDirectory {
  std::span<const std::byte> bytes;
  std::uint64_t begin = 0;
  std::uint64_t entry_count = 0;
};

/// Errors: kFormat (no archive, truncated), kUnsupported (an archive of several files).
Result<CentralDirectory> find_directory(std::span<const std::byte> file);

/// "the archive is truncated or corrupt: …"
Error broken(const std::string& where);

}  // namespace galago::zip
