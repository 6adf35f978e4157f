// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The interface of simd_scalar.h with AVX2, FMA and F16C: eight lanes.
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace galago::cpu {
namespace {

constexpr int kLanes = 8;
constexpr int kTileRows = 6;     // 12 accumulators, 2 vectors and a broadcast: 15 of 16 registers
constexpr int kProductRows = 6;  // 12 accumulators, 2 vectors, a broadcast: 15 of 16 registers
constexpr int kProductVectors = 2;
constexpr int kTileVectors = 2;

struct F32 {
  __m256 v;
};

/// All ones in the first `n` lanes.
inline __m256i first_lanes(int n) {
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), lane);
}

inline F32 broadcast(float x) { return {_mm256_set1_ps(x)}; }

inline F32 load(const float* p) { return {_mm256_loadu_ps(p)}; }

inline void store(float* p, F32 x) { _mm256_storeu_ps(p, x.v); }

inline F32 load_partial(const float* p, int n) { return {_mm256_maskload_ps(p, first_lanes(n))}; }

inline void store_partial(float* p, int n, F32 x) { _mm256_maskstore_ps(p, first_lanes(n), x.v); }

inline F32 load_f16(const std::uint16_t* p) {
  return {_mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)))};
}

inline void store_f16(std::uint16_t* p, F32 x) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm256_cvtps_ph(x.v, _MM_FROUND_TO_NEAREST_INT));
}

inline F32 load_f16_partial(const std::uint16_t* p, int n) {
  std::uint16_t lanes[kLanes] = {};
  for (int i = 0; i < n; ++i) lanes[i] = p[i];
  return load_f16(lanes);
}

inline void store_f16_partial(std::uint16_t* p, int n, F32 x) {
  std::uint16_t lanes[kLanes];
  store_f16(lanes, x);
  for (int i = 0; i < n; ++i) p[i] = lanes[i];
}

/// Puts the middle quarters of a shuffle within 128-bit halves where they belong.
inline __m256 swap_middle(__m256 x) {
  return _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(x), _MM_SHUFFLE(3, 1, 2, 0)));
}

inline F32 load_bf16(const std::uint16_t* p) {
  const __m256i wide = _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  return {_mm256_castsi256_ps(_mm256_slli_epi32(wide, 16))};
}

inline F32 load_bf16_partial(const std::uint16_t* p, int n) {
  std::uint16_t lanes[kLanes] = {};
  for (int i = 0; i < n; ++i) lanes[i] = p[i];
  return load_bf16(lanes);
}

inline void load_pairs(const float* p, F32& even, F32& odd) {
  const __m256 a = _mm256_loadu_ps(p);
  const __m256 b = _mm256_loadu_ps(p + kLanes);
  even.v = swap_middle(_mm256_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0)));
  odd.v = swap_middle(_mm256_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1)));
}

inline void store_pairs(float* p, F32 even, F32 odd) {
  const __m256 low = _mm256_unpacklo_ps(even.v, odd.v);
  const __m256 high = _mm256_unpackhi_ps(even.v, odd.v);
  _mm256_storeu_ps(p, _mm256_permute2f128_ps(low, high, 0x20));
  _mm256_storeu_ps(p + kLanes, _mm256_permute2f128_ps(low, high, 0x31));
}

inline F32 operator+(F32 a, F32 b) { return {_mm256_add_ps(a.v, b.v)}; }

inline F32 operator-(F32 a, F32 b) { return {_mm256_sub_ps(a.v, b.v)}; }

inline F32 operator*(F32 a, F32 b) { return {_mm256_mul_ps(a.v, b.v)}; }

inline F32 operator/(F32 a, F32 b) { return {_mm256_div_ps(a.v, b.v)}; }

inline F32 fma(F32 a, F32 b, F32 c) { return {_mm256_fmadd_ps(a.v, b.v, c.v)}; }

inline F32 min(F32 a, F32 b) { return {_mm256_min_ps(a.v, b.v)}; }

inline F32 max(F32 a, F32 b) { return {_mm256_max_ps(a.v, b.v)}; }

inline F32 select_less(F32 a, F32 b, F32 yes, F32 no) {
  return {_mm256_blendv_ps(no.v, yes.v, _mm256_cmp_ps(a.v, b.v, _CMP_LT_OQ))};
}

inline F32 round(F32 x) {
  return {_mm256_round_ps(x.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}

inline F32 pow2(F32 n) {
  const __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n.v), _mm256_set1_epi32(127));
  return {_mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23))};
}

inline void transpose(F32 (&rows)[kLanes]) {
  __m256 pairs[8];
  for (int i = 0; i < 8; i += 2) {
    pairs[i] = _mm256_unpacklo_ps(rows[i].v, rows[i + 1].v);
    pairs[i + 1] = _mm256_unpackhi_ps(rows[i].v, rows[i + 1].v);
  }
  __m256 fours[8];
  for (int i = 0; i < 8; i += 4) {
    fours[i] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0x44);
    fours[i + 1] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0xEE);
    fours[i + 2] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0x44);
    fours[i + 3] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0xEE);
  }
  for (int i = 0; i < 4; ++i) {
    rows[i].v = _mm256_permute2f128_ps(fours[i], fours[i + 4], 0x20);
    rows[i + 4].v = _mm256_permute2f128_ps(fours[i], fours[i + 4], 0x31);
  }
}

inline float reduce_add(F32 x) {
  __m128 sum = _mm_add_ps(_mm256_castps256_ps128(x.v), _mm256_extractf128_ps(x.v, 1));
  sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
  return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

inline float reduce_max(F32 x) {
  __m128 best = _mm_max_ps(_mm256_castps256_ps128(x.v), _mm256_extractf128_ps(x.v, 1));
  best = _mm_max_ps(best, _mm_movehl_ps(best, best));
  return _mm_cvtss_f32(_mm_max_ss(best, _mm_movehdup_ps(best)));
}

}  // namespace
}  // namespace galago::cpu
