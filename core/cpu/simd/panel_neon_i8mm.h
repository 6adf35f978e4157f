// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The panels of bytes_scalar.h with the matrix products of bytes of ARMv8.6: an instruction
// multiplies eight bytes of two rows with those of two columns.
#pragma once

#include "cpu/simd/bytes_neon.h"
#include "cpu/simd/squares_neon.h"

namespace galago::cpu {
namespace {

constexpr int kSumCols = kSquareSide;
constexpr int kPanelVectors = 4;
constexpr int kQuantTileRows = 6;  // 12 integer and 12 float accumulators of 32 registers

struct Quads {
  int8x16_t v;
};

struct LaneInts {
  int32x4_t v;
};

inline Quads load_quads(const std::byte* p) {
  return {vld1q_s8(reinterpret_cast<const std::int8_t*>(p))};
}

inline LaneInts ints_of_rows(const std::int32_t* p) {
  const int32x4_t rows = vcombine_s32(vld1_s32(p), vdup_n_s32(0));
  return {vzip1q_s32(rows, rows)};
}

inline F32 to_float(LaneInts x) { return biased_to_float(x.v); }

template <int kRow, bool kSigned>
inline LaneInts dot_quads(LaneInts sum, Quads w, const std::int8_t* x) {
  return {vmmlaq_s32(sum.v, vld1q_s8(x + 16 * kRow), w.v)};
}

inline F32 of_rows(const float* p) {
  const float32x4_t rows = vcombine_f32(vld1_f32(p), vdup_n_f32(0));
  return {vzip1q_f32(rows, rows)};
}

inline F32 of_columns(const float* p) {
  const float32x2_t columns = vld1_f32(p);
  return {vcombine_f32(columns, columns)};
}

inline void store_sums(float* p, std::ptrdiff_t stride, F32 sums) { store_square(p, stride, sums); }

/// Turns two columns' eights of bytes, two of each, to two eights' columns.
inline void transpose(F32 (&rows)[kSquareSide]) {
  const float64x2_t a = vreinterpretq_f64_f32(rows[0].v);
  const float64x2_t b = vreinterpretq_f64_f32(rows[1].v);
  rows[0].v = vreinterpretq_f32_f64(vzip1q_f64(a, b));
  rows[1].v = vreinterpretq_f32_f64(vzip2q_f64(a, b));
}

}  // namespace
}  // namespace galago::cpu
