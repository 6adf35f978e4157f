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
/// Plain rounding to the format's grid, without a search for better scales. Not for kI32.
void quantize(DType dtype, const float* source, std::byte* out, std::int64_t count);

}  // namespace galago
