// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/mapped_file.h"

namespace galago {

/// Tells large files apart without reading them: from the size and samples of the bytes. `way` goes
/// into it, for what depends on more than the file.
std::uint64_t file_fingerprint(const MappedFile& file, std::string_view way = {});

}  // namespace galago
