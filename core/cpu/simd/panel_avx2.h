// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The panels of bytes_scalar.h with AVX2.
#pragma once

#include "cpu/simd/bytes_avx2.h"
#include "cpu/simd/simd_avx2.h"

#include "cpu/simd/row_sums.inl"

namespace galago::cpu {
namespace {

constexpr int kPanelVectors = 2;
constexpr std::int32_t kSumBias = 0;
constexpr int kQuantTileRows = 3;

struct Quads {
  __m256i v;
};

struct LaneInts {
  __m256i v;
};

inline Quads load_quads(const std::byte* p) {
  return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))};
}

inline LaneInts ints_of_rows(const std::int32_t* p) { return {_mm256_set1_epi32(*p)}; }

inline F32 to_float(LaneInts x) { return {_mm256_cvtepi32_ps(x.v)}; }

template <int kRow, bool kSigned>
inline LaneInts dot_quads(LaneInts sum, Quads w, const std::int8_t* x) {
  std::int32_t four = 0;
  __builtin_memcpy(&four, x + 4 * kRow, sizeof(four));
  const Bytes factors{_mm256_set1_epi32(four)};
  return {kSigned ? dot_signed({sum.v}, {w.v}, factors).v : dot({sum.v}, {w.v}, factors).v};
}

}  // namespace
}  // namespace galago::cpu
