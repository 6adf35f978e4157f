// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Pairs of bf16 in the lanes of an F32, with AVX-512 BF16.
#pragma once

#include <bit>

#include "cpu/simd/simd_avx512.h"

namespace galago::cpu {
namespace {

/// 2 · kLanes values in order, rounded to nearest even.
inline F32 to_pairs(F32 first, F32 second) {
  return {_mm512_castsi512_ps(std::bit_cast<__m512i>(_mm512_cvtne2ps_pbh(second.v, first.v)))};
}

/// Lane i is a pair: first[i], second[i].
inline F32 interleave_pairs(F32 first, F32 second) {
  const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i from = _mm512_add_epi32(_mm512_mullo_epi32(lanes, _mm512_set1_epi32(0x00010001)),
                                        _mm512_set1_epi32(0x00100000));
  return {_mm512_castsi512_ps(_mm512_permutexvar_epi16(
      from, std::bit_cast<__m512i>(_mm512_cvtne2ps_pbh(second.v, first.v))))};
}

/// sum + the products of both halves, lane by lane.
inline F32 dot_pairs(F32 sum, F32 x, F32 w) {
  return {_mm512_dpbf16_ps(sum.v, std::bit_cast<__m512bh>(x.v), std::bit_cast<__m512bh>(w.v))};
}

}  // namespace
}  // namespace galago::cpu
