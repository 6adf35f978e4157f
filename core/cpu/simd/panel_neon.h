// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The panels of bytes_scalar.h with NEON, and with the dot products of ARMv8.2 where the file that
// includes this is compiled for them.
#pragma once

#include "cpu/simd/bytes_neon.h"

#include "cpu/simd/row_sums.inl"

namespace galago::cpu {
namespace {

constexpr int kPanelVectors = 3;
constexpr int kQuantTileRows = 4;  // 12 integer and 12 float accumulators of 32 registers

struct Quads {
  uint8x16_t v;
};

struct LaneInts {
  int32x4_t v;
};

inline Quads load_quads(const std::byte* p) {
  return {vld1q_u8(reinterpret_cast<const std::uint8_t*>(p))};
}

inline LaneInts ints_of_rows(const std::int32_t* p) { return {vdupq_n_s32(*p)}; }

inline F32 to_float(LaneInts x) { return biased_to_float(x.v); }

/// The four rows at `x` are one vector, loaded once.
template <int kRow, bool kSigned>
inline LaneInts dot_quads(LaneInts sum, Quads w, const std::int8_t* x) {
  const int8x16_t rows = vld1q_s8(x + kRow / 4 * 16);
#if defined(__ARM_FEATURE_DOTPROD)
  return {vdotq_laneq_s32(sum.v, vreinterpretq_s8_u8(w.v), rows, kRow % 4)};
#else
  const int8x16_t row = vreinterpretq_s8_s32(vdupq_laneq_s32(vreinterpretq_s32_s8(rows), kRow % 4));
  const int8x16_t columns = vreinterpretq_s8_u8(w.v);
  const int16x8_t low = vmull_s8(vget_low_s8(columns), vget_low_s8(row));
  const int16x8_t high = vmull_high_s8(columns, row);
  // Neighbours are added twice: products to pairs of 32 bits, pairs to fours.
  return {vaddq_s32(sum.v, vpaddq_s32(vpaddlq_s16(low), vpaddlq_s16(high)))};
#endif
}

}  // namespace
}  // namespace galago::cpu
