// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What this process holds in memory now, and at most since it was last asked to count anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace galago {

/// Where Linux says it; tests have other places.
struct ProcessFiles {
  std::filesystem::path status = "/proc/self/status";
  std::filesystem::path clear_refs = "/proc/self/clear_refs";
};

/// Resident bytes, pages of mapped files included. Nothing: not known.
std::optional<std::uint64_t> resident_memory(const ProcessFiles& files = {});

/// The most since the last reset_peak_memory(), or since the start. Nothing: not known.
std::optional<std::uint64_t> peak_memory(const ProcessFiles& files = {});

/// Whether the system lets the peak begin anew.
bool reset_peak_memory(const ProcessFiles& files = {});

}  // namespace galago
