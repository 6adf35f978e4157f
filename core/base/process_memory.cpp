// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/process_memory.h"

#include <fstream>
#include <string>
#include <string_view>

namespace galago {
namespace {

/// "VmRSS:     1234 kB" of /proc/self/status, in bytes.
std::optional<std::uint64_t> status_bytes(const std::filesystem::path& file, std::string_view key) {
  std::ifstream status(file);
  std::string name;
  while (status >> name) {
    std::uint64_t kilobytes = 0;
    if (name == key && status >> kilobytes) return kilobytes * 1024;
    std::string rest;
    std::getline(status, rest);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> resident_memory(const ProcessFiles& files) {
  return status_bytes(files.status, "VmRSS:");
}

std::optional<std::uint64_t> peak_memory(const ProcessFiles& files) {
  return status_bytes(files.status, "VmHWM:");
}

bool reset_peak_memory(const ProcessFiles& files) {
  std::ofstream clear(files.clear_refs);
  clear << "5" << std::flush;  // proc(5): 5 resets the peak resident set size
  return static_cast<bool>(clear);
}

}  // namespace galago
