// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The integer sums of four groups of quants together, with NEON, and with the dot products of
// ARMv8.2 where the file that includes this is compiled for them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cpu/simd/bytes_neon.h"

namespace galago::cpu {
namespace {

/// Four parts of a sum; which products are in which of them is not said.
struct Parts {
  int32x4_t v;
};

inline Parts zero_parts() { return {vdupq_n_s32(0)}; }

inline Parts load_parts(const std::int32_t* p) { return {vld1q_s32(p)}; }

inline Parts add_products(Parts sum, uint8x16_t a, uint8x16_t b) {
  const int8x16_t w = vreinterpretq_s8_u8(a);
  const int8x16_t x = vreinterpretq_s8_u8(b);
#if defined(__ARM_FEATURE_DOTPROD)
  return {vdotq_s32(sum.v, w, x)};
#else
  // Two products of 128 · 127 fit 16 bits.
  const int16x8_t pairs = vmlal_high_s8(vmull_s8(vget_low_s8(w), vget_low_s8(x)), w, x);
  return {vpadalq_s16(sum.v, pairs)};
#endif
}

/// Adds the products of the first or the last 16 of each.
inline Parts add_low(Parts sum, Bytes w, Bytes x) { return add_products(sum, w.low, x.low); }

inline Parts add_high(Parts sum, Bytes w, Bytes x) { return add_products(sum, w.high, x.high); }

/// Each lane one of four sums.
inline F32 four_sums(const Parts (&parts)[4]) {
  return {vcvtq_f32_s32(
      vpaddq_s32(vpaddq_s32(parts[0].v, parts[1].v), vpaddq_s32(parts[2].v, parts[3].v)))};
}

inline std::uint64_t load_half(const std::byte* p) {
  std::uint16_t half = 0;
  __builtin_memcpy(&half, p, sizeof(half));
  return half;
}

/// Four f16. They are brought together among integers, which these loops have time for.
inline F32 four_f16(const std::byte* a, const std::byte* b, const std::byte* c,
                    const std::byte* d) {
  const std::uint64_t halves =
      (load_half(a) | load_half(b) << 16) | (load_half(c) | load_half(d) << 16) << 32;
  return {vcvt_f32_f16(vreinterpret_f16_u64(vcreate_u64(halves)))};
}

}  // namespace
}  // namespace galago::cpu
