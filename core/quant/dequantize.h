// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Any stored type to f32: scalar code that defines what each format means.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/dtype.h"

namespace galago {

/// `count` elements, a multiple of the type's block size. Not for kI32.
void dequantize(DType dtype, const std::byte* source, float* out, std::int64_t count);

}  // namespace galago
