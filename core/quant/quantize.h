// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// f32 to any stored type, scalar.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/dtype.h"

namespace galago {

/// `count` elements, a multiple of the type's block size; `out` holds count/block_size blocks.
/// Blocks of 32 are those of the formats' reference, bit for bit; those of 256 are searched for the
/// scales with the least square error. The same input gives the same bytes on every machine. Not
/// for kI32.
void quantize(DType dtype, const float* source, std::byte* out, std::int64_t count);

}  // namespace galago
