// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How much memory this process may still take without pushing others out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace galago {

/// Where Linux says it; tests have other places.
struct MemoryFiles {
  std::filesystem::path meminfo = "/proc/meminfo";
  std::filesystem::path own_group = "/proc/self/cgroup";
  std::filesystem::path groups = "/sys/fs/cgroup";
};

/// Bytes: what the system can give (files in its cache count as free), or what the limits of this
/// process's control groups leave, whichever is less. Nothing: not known.
std::optional<std::uint64_t> free_memory(const MemoryFiles& files = {});

}  // namespace galago
