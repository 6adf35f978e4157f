// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The results of ARMv8.6's matrix products: squares of two rows by two columns, row by row in the
// lanes of an F32.
#pragma once

#include <cstddef>

#include "cpu/simd/simd_neon.h"

namespace galago::cpu {
namespace {

constexpr int kSquareSide = 2;

/// Rows are `stride` floats apart.
inline void store_square(float* p, std::ptrdiff_t stride, F32 square) {
  vst1_f32(p, vget_low_f32(square.v));
  vst1_f32(p + stride, vget_high_f32(square.v));
}

}  // namespace
}  // namespace galago::cpu
