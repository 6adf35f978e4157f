// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "evil_zip.h"

#include <array>

namespace galago {
namespace {

std::uint32_t crc32_of(const std::string& data) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0);
  }
  return ~crc;
}

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

/// What the head of an entry and its line in the list have in common.
void put_common(std::string& out, const ZipEntry& entry) {
  const auto size = static_cast<std::uint32_t>(entry.data.size());
  put(out, 20, 2);
  put(out, entry.flags, 2);
  put(out, entry.method, 2);
  put(out, 0, 4);
  put(out, crc32_of(entry.data), 4);
  put(out, entry.stated_packed_size.value_or(size), 4);
  put(out, entry.stated_size.value_or(size), 4);
  put(out, static_cast<std::uint32_t>(entry.name.size()), 2);
  put(out, 0, 2);
}

}  // namespace

std::string evil_zip(const std::vector<ZipEntry>& entries) {
  std::string out;
  std::string list;
  for (const ZipEntry& entry : entries) {
    const auto offset = static_cast<std::uint32_t>(out.size());
    put(out, 0x04034B50, 4);
    put_common(out, entry);
    out += entry.name + entry.data;
    put(list, 0x02014B50, 4);
    put(list, 0x0314, 2);  // made on Unix, so that modes count
    put_common(list, entry);
    put(list, 0, 2);
    put(list, 0, 2);
    put(list, 0, 2);
    put(list, entry.attributes, 4);
    put(list, entry.stated_offset.value_or(offset), 4);
    list += entry.name;
  }
  const auto begin = static_cast<std::uint32_t>(out.size());
  out += list;
  put(out, 0x06054B50, 4);
  put(out, 0, 4);
  put(out, static_cast<std::uint32_t>(entries.size()), 2);
  put(out, static_cast<std::uint32_t>(entries.size()), 2);
  put(out, static_cast<std::uint32_t>(list.size()), 4);
  put(out, begin, 4);
  put(out, 0, 2);
  return out;
}

}  // namespace galago
