// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The interface of simd_scalar.h with AVX-512 (F, BW, VL, DQ): sixteen lanes.
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace galago::cpu {
namespace {

constexpr int kLanes = 16;
constexpr int kTileRows = 8;      // 16 accumulators hide the latency of two FMA units
constexpr int kProductRows = 12;  // 24 accumulators, 2 vectors; factors come from memory
constexpr int kProductVectors = 2;
constexpr int kTileVectors = 2;

struct F32 {
  __m512 v;
};

inline __mmask16 first_lanes(int n) { return static_cast<__mmask16>((1U << n) - 1U); }

inline F32 broadcast(float x) { return {_mm512_set1_ps(x)}; }

inline F32 load(const float* p) { return {_mm512_loadu_ps(p)}; }

inline void store(float* p, F32 x) { _mm512_storeu_ps(p, x.v); }

inline F32 load_partial(const float* p, int n) {
  return {_mm512_maskz_loadu_ps(first_lanes(n), p)};
}

inline void store_partial(float* p, int n, F32 x) { _mm512_mask_storeu_ps(p, first_lanes(n), x.v); }

inline F32 load_f16(const std::uint16_t* p) {
  return {_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
}

inline void store_f16(std::uint16_t* p, F32 x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p),
                      _mm512_cvtps_ph(x.v, _MM_FROUND_TO_NEAREST_INT));
}

inline F32 load_f16_partial(const std::uint16_t* p, int n) {
  return {_mm512_cvtph_ps(_mm256_maskz_loadu_epi16(first_lanes(n), p))};
}

inline void store_f16_partial(std::uint16_t* p, int n, F32 x) {
  _mm256_mask_storeu_epi16(p, first_lanes(n), _mm512_cvtps_ph(x.v, _MM_FROUND_TO_NEAREST_INT));
}

inline F32 load_bf16(const std::uint16_t* p) {
  const __m512i wide =
      _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
  return {_mm512_castsi512_ps(_mm512_slli_epi32(wide, 16))};
}

inline F32 load_bf16_partial(const std::uint16_t* p, int n) {
  const __m512i wide = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(first_lanes(n), p));
  return {_mm512_castsi512_ps(_mm512_slli_epi32(wide, 16))};
}

inline void load_pairs(const float* p, F32& even, F32& odd) {
  const __m512i evens =
      _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  const __m512i odds = _mm512_add_epi32(evens, _mm512_set1_epi32(1));
  const __m512 a = _mm512_loadu_ps(p);
  const __m512 b = _mm512_loadu_ps(p + kLanes);
  even.v = _mm512_permutex2var_ps(a, evens, b);
  odd.v = _mm512_permutex2var_ps(a, odds, b);
}

inline void store_pairs(float* p, F32 even, F32 odd) {
  const __m512i first = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const __m512i second = _mm512_add_epi32(first, _mm512_set1_epi32(8));
  _mm512_storeu_ps(p, _mm512_permutex2var_ps(even.v, first, odd.v));
  _mm512_storeu_ps(p + kLanes, _mm512_permutex2var_ps(even.v, second, odd.v));
}

inline F32 operator+(F32 a, F32 b) { return {_mm512_add_ps(a.v, b.v)}; }

inline F32 operator-(F32 a, F32 b) { return {_mm512_sub_ps(a.v, b.v)}; }

inline F32 operator*(F32 a, F32 b) { return {_mm512_mul_ps(a.v, b.v)}; }

inline F32 operator/(F32 a, F32 b) { return {_mm512_div_ps(a.v, b.v)}; }

inline F32 fma(F32 a, F32 b, F32 c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }

inline F32 min(F32 a, F32 b) { return {_mm512_min_ps(a.v, b.v)}; }

inline F32 max(F32 a, F32 b) { return {_mm512_max_ps(a.v, b.v)}; }

inline F32 select_less(F32 a, F32 b, F32 yes, F32 no) {
  return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ), no.v, yes.v)};
}

inline F32 round(F32 x) {
  return {_mm512_roundscale_ps(x.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}

inline F32 pow2(F32 n) { return {_mm512_scalef_ps(_mm512_set1_ps(1), n.v)}; }

inline void transpose(F32 (&rows)[kLanes]) {
  __m512 pairs[16];
  for (int i = 0; i < 16; i += 2) {
    pairs[i] = _mm512_unpacklo_ps(rows[i].v, rows[i + 1].v);
    pairs[i + 1] = _mm512_unpackhi_ps(rows[i].v, rows[i + 1].v);
  }
  // fours[4g + c]: columns c, c + 4, c + 8, c + 12 of rows 4g … 4g + 3.
  __m512 fours[16];
  for (int i = 0; i < 16; i += 4) {
    fours[i] = _mm512_shuffle_ps(pairs[i], pairs[i + 2], 0x44);
    fours[i + 1] = _mm512_shuffle_ps(pairs[i], pairs[i + 2], 0xEE);
    fours[i + 2] = _mm512_shuffle_ps(pairs[i + 1], pairs[i + 3], 0x44);
    fours[i + 3] = _mm512_shuffle_ps(pairs[i + 1], pairs[i + 3], 0xEE);
  }
  for (int c = 0; c < 4; ++c) {
    const __m512 low = _mm512_shuffle_f32x4(fours[c], fours[c + 4], 0x44);
    const __m512 high = _mm512_shuffle_f32x4(fours[c], fours[c + 4], 0xEE);
    const __m512 low2 = _mm512_shuffle_f32x4(fours[c + 8], fours[c + 12], 0x44);
    const __m512 high2 = _mm512_shuffle_f32x4(fours[c + 8], fours[c + 12], 0xEE);
    rows[c].v = _mm512_shuffle_f32x4(low, low2, 0x88);
    rows[c + 4].v = _mm512_shuffle_f32x4(low, low2, 0xDD);
    rows[c + 8].v = _mm512_shuffle_f32x4(high, high2, 0x88);
    rows[c + 12].v = _mm512_shuffle_f32x4(high, high2, 0xDD);
  }
}

inline float reduce_add(F32 x) { return _mm512_reduce_add_ps(x.v); }

inline float reduce_max(F32 x) { return _mm512_reduce_max_ps(x.v); }

}  // namespace
}  // namespace galago::cpu
