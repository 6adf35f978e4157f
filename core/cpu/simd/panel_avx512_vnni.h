// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The panels of bytes_scalar.h with AVX-512 VNNI.
#pragma once

#include "cpu/simd/bytes_avx2.h"
#include "cpu/simd/simd_avx512.h"

#include "cpu/simd/row_sums.inl"

namespace galago::cpu {
namespace {

constexpr int kPanelVectors = 2;
constexpr std::int32_t kSumBias = 0;
constexpr int kQuantTileRows = 6;  // 12 integer and 12 float accumulators of 32 registers

struct Quads {
  __m512i v;
};

struct LaneInts {
  __m512i v;
};

inline Quads load_quads(const std::byte* p) { return {_mm512_loadu_si512(p)}; }

inline LaneInts ints_of_rows(const std::int32_t* p) { return {_mm512_set1_epi32(*p)}; }

inline F32 to_float(LaneInts x) { return {_mm512_cvtepi32_ps(x.v)}; }

template <int kRow, bool kSigned>
inline LaneInts dot_quads(LaneInts sum, Quads w, const std::int8_t* x) {
  std::int32_t four = 0;
  __builtin_memcpy(&four, x + 4 * kRow, sizeof(four));
  return {_mm512_dpbusd_epi32(sum.v, w.v, _mm512_set1_epi32(four))};
}

}  // namespace
}  // namespace galago::cpu
