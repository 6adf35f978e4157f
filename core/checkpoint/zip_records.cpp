// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/zip_records.h"

#include <optional>

namespace galago::zip {
namespace {

// A checkpoint has an entry a tensor; models have some thousands.
constexpr std::uint64_t kMostEntries = 1 << 16;

}  // namespace

Error broken(const std::string& where) {
  return {Errc::kFormat, "the archive is truncated or corrupt: " + where, {}};
}

Result<CentralDirectory> find_directory(std::span<const std::byte> file) {
  if (file.size() < kEndBytes) return broken("it is too short");
  // The end record is followed by nothing but its comment.
  std::optional<std::size_t> end;
  for (std::size_t comment = 0; comment <= kLargestComment && !end; ++comment) {
    if (comment > file.size() - kEndBytes) break;
    const std::size_t at = file.size() - kEndBytes - comment;
    if (is_record(file, at, kEndBytes, kEnd) && field<std::uint16_t>(file, at + 20) == comment)
      end = at;
  }
  if (!end) return broken("its list of entries is missing");
  const auto record = file.subspan(*end, kEndBytes);
  std::uint64_t disks = field<std::uint16_t>(record, 4) | field<std::uint16_t>(record, 6);
  std::uint64_t here = field<std::uint16_t>(record, 8);
  std::uint64_t count = field<std::uint16_t>(record, 10);
  std::uint64_t size = field<std::uint32_t>(record, 12);
  std::uint64_t begin = field<std::uint32_t>(record, 16);
  std::uint64_t limit = *end;
  if (*end >= kEnd64LocatorBytes &&
      is_record(file, *end - kEnd64LocatorBytes, kEnd64LocatorBytes, kEnd64Locator)) {
    const std::size_t locator = *end - kEnd64LocatorBytes;
    const auto at = field<std::uint64_t>(file, locator + 8);
    if (at > locator || locator - at < kEnd64Bytes ||
        !is_record(file, static_cast<std::size_t>(at), kEnd64Bytes, kEnd64))
      return broken("its zip64 record is missing");
    const auto large = file.subspan(static_cast<std::size_t>(at), kEnd64Bytes);
    disks = field<std::uint32_t>(large, 16) | field<std::uint32_t>(large, 20);
    here = field<std::uint64_t>(large, 24);
    count = field<std::uint64_t>(large, 32);
    size = field<std::uint64_t>(large, 40);
    begin = field<std::uint64_t>(large, 48);
    limit = at;
  }
  if (disks != 0 || here != count)
    return Error{Errc::kUnsupported, "this is one part of an archive of several files", {}};
  if (begin > limit || size > limit - begin) return broken("its list of entries is outside");
  if (count > kMostEntries || count > size / kCentralHeaderBytes)
    return Error{
        Errc::kFormat, "the archive claims to hold " + std::to_string(count) + " entries", {}};
  return CentralDirectory{
      file.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(size)), begin, count};
}

}  // namespace galago::zip
