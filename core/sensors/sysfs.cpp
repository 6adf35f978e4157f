// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "sensors/sysfs.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <system_error>

namespace galago {

namespace fs = std::filesystem;

std::optional<std::string> sysfs_text(const fs::path& file) {
  constexpr std::size_t kLongest = 256;
  std::ifstream stream(file);
  std::string line;
  char c = 0;
  while (line.size() < kLongest && stream.get(c) && c != '\n') line += c;
  if (line.empty()) return std::nullopt;
  return line;
}

std::optional<double> sysfs_number(const fs::path& file) {
  const auto text = sysfs_text(file);
  if (!text) return std::nullopt;
  long long value = 0;
  const char* end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return static_cast<double>(value);
}

std::vector<fs::path> sysfs_entries(const fs::path& folder, std::string_view prefix) {
  constexpr std::size_t kMost = 4096;
  std::vector<fs::path> entries;
  std::error_code error;
  fs::directory_iterator it(folder, error);
  for (; !error && it != fs::directory_iterator() && entries.size() < kMost; it.increment(error))
    if (it->path().filename().string().rfind(prefix, 0) == 0) entries.push_back(it->path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

}  // namespace galago
