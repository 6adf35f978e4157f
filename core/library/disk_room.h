// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace galago {

/// Whether that much more can be written to the disk on which `folder` is or will be. Errors: kIo,
/// with both numbers.
Status check_room(const std::filesystem::path& folder, std::uint64_t bytes);

}  // namespace galago
