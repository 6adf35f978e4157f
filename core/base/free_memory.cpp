// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/free_memory.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

#include "base/control_groups.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc() ? std::optional(value) : std::nullopt;
}

/// The number after `key` in a file of lines "key 123".
std::optional<std::uint64_t> value_of(const fs::path& path, std::string_view key) {
  std::ifstream file(path);
  std::string word;
  while (file >> word)
    if (word == key && file >> word) return number(word);
  return {};
}

std::optional<std::uint64_t> only_number(const fs::path& path) {
  std::ifstream file(path);
  std::string word;
  file >> word;  // "max" is no number: no limit
  return number(word);
}

std::optional<std::uint64_t> left_in_group(const fs::path& group) {
  const auto limit = only_number(group / "memory.max");
  const auto used = only_number(group / "memory.current");
  if (!limit || !used) return {};
  // Pages of files that nobody looks at are given up before anything else.
  const std::uint64_t idle = value_of(group / "memory.stat", "inactive_file").value_or(0);
  const std::uint64_t taken = *used - std::min(*used, idle);
  return *limit - std::min(*limit, taken);
}

}  // namespace

std::optional<std::uint64_t> free_memory(const MemoryFiles& files) {
  auto least = value_of(files.meminfo, "MemAvailable:");
  if (least) *least *= 1024;  // it counts in KiB
  for (const fs::path& group : control_groups(files.own_group, files.groups))
    if (const auto bytes = left_in_group(group)) least = std::min(*bytes, least.value_or(*bytes));
  return least;
}

}  // namespace galago
