// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The matrix products of bf16 of ARMv8.6: an instruction multiplies four of two rows with those of
// two columns.
#pragma once

#include "cpu/simd/squares_neon.h"

namespace galago::cpu {
namespace {

/// 2 · kLanes values in order, rounded to nearest even.
inline F32 to_pairs(F32 first, F32 second) {
  const bfloat16x8_t low = vcvtq_low_bf16_f32(first.v);
  return {vreinterpretq_f32_bf16(vcvtq_high_bf16_f32(low, second.v))};
}

/// sum + x · wᵀ: x is kLanes values of each of two rows, w of two columns.
inline F32 multiply_squares(F32 sum, F32 x, F32 w) {
  return {vbfmmlaq_f32(sum.v, vreinterpretq_bf16_f32(x.v), vreinterpretq_bf16_f32(w.v))};
}

}  // namespace
}  // namespace galago::cpu
