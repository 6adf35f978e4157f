// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/result.h"

namespace galago {

/// The path itself, or the nearest folder above it that is there.
std::filesystem::path nearest_there(const std::filesystem::path& path);

/// How many bytes more can be written to the disk on which `path` is or will be. Nothing: not
/// known.
std::optional<std::uint64_t> free_room(const std::filesystem::path& path);

/// Whether so many can; where it is not known, writing will tell. Errors: kIo, with both numbers.
Status check_room(const std::filesystem::path& path, std::uint64_t bytes);

}  // namespace galago
