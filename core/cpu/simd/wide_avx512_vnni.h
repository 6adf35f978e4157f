// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Two units of 32 quants in a vector of 64 bytes, with AVX-512 VNNI: what products of few rows are
// written against (kernels/wide_dot.inl).
#pragma once

#include <cstddef>
#include <cstdint>

#include "cpu/simd/panel_avx512_vnni.h"

namespace galago::cpu {
namespace {

inline Quads join(Bytes first, Bytes second) {
  return {_mm512_inserti64x4(_mm512_castsi256_si512(first.v), second.v, 1)};
}

/// load_nibbles(first), then load_nibbles(second).
inline Quads load_nibbles(const void* first, const void* second) {
  const __m512i one = _mm512_broadcast_i32x4(_mm_loadu_si128(static_cast<const __m128i*>(first)));
  const __m512i both = _mm512_mask_broadcast_i32x4(
      one, 0xFF00, _mm_loadu_si128(static_cast<const __m128i*>(second)));
  const __m512i halves = _mm512_srlv_epi64(both, _mm512_setr_epi64(0, 0, 4, 4, 0, 0, 4, 4));
  return {_mm512_and_si512(halves, _mm512_set1_epi8(15))};
}

/// 32 bytes: their low halves, then their high halves.
inline Quads split_nibbles(const void* p) {
  const __m512i twice = _mm512_broadcast_i64x4(_mm256_loadu_si256(static_cast<const __m256i*>(p)));
  const __m512i halves = _mm512_srlv_epi64(twice, _mm512_setr_epi64(0, 0, 0, 0, 4, 4, 4, 4));
  return {_mm512_and_si512(halves, _mm512_set1_epi8(15))};
}

/// 16 more where the bit of a byte is set in the words at `first` and `second`.
inline Quads add_fifth_bits(Quads x, const void* first, const void* second) {
  std::uint32_t words[2];
  __builtin_memcpy(&words[0], first, sizeof(words[0]));
  __builtin_memcpy(&words[1], second, sizeof(words[1]));
  const __mmask64 set = words[0] | std::uint64_t{words[1]} << 32;
  return {_mm512_mask_add_epi8(x.v, set, x.v, _mm512_set1_epi8(16))};
}

/// 16 more where bit kIndex of the 32 bytes at `p` is set, in the second half bit kIndex + 1.
template <int kIndex>
inline Quads add_fifth_bits(Quads x, const void* p) {
  const __m512i twice = _mm512_broadcast_i64x4(_mm256_loadu_si256(static_cast<const __m256i*>(p)));
  const __m512i bits = _mm512_inserti64x4(_mm512_set1_epi8(static_cast<char>(1 << kIndex)),
                                          _mm256_set1_epi8(static_cast<char>(2 << kIndex)), 1);
  return {_mm512_mask_add_epi8(x.v, _mm512_test_epi8_mask(twice, bits), x.v, _mm512_set1_epi8(16))};
}

/// As dot(load_ints(begin), w, x) of both units, or as dot_signed.
template <bool kSigned>
inline LaneInts dot_wide(const std::int32_t* begin, Quads w, const std::int8_t* x) {
  const __m512i weights =
      kSigned ? _mm512_xor_si512(w.v, _mm512_set1_epi8(static_cast<char>(kSignedBias))) : w.v;
  return {_mm512_dpbusd_epi32(_mm512_loadu_si512(begin), weights, _mm512_loadu_si512(x))};
}

/// Lane i is x[kFirst + i / kEach].
template <int kFirst, int kEach>
inline F32 spread(F32 x) {
  const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  static_assert(kEach == 2 || kEach == 4 || kEach == 8);
  constexpr int kShift = kEach == 2 ? 1 : kEach == 4 ? 2 : 3;
  const __m512i from =
      _mm512_add_epi32(_mm512_srli_epi32(lanes, kShift), _mm512_set1_epi32(kFirst));
  return {_mm512_permutexvar_ps(from, x.v)};
}

/// kCount floats, 8 or 16; with 8, the other lanes are 0.
template <int kCount>
inline F32 load_some(const float* p) {
  const __m512 first = _mm512_zextps256_ps512(_mm256_loadu_ps(p));
  // In halves, as they were stored: a load of what two stores wrote waits for both.
  if constexpr (kCount == 16) return {_mm512_insertf32x8(first, _mm256_loadu_ps(p + 8), 1)};
  return {first};
}

/// Sixteen f16, kStride bytes apart.
template <int kStride>
inline F32 load_f16_apart(const std::byte* p) {
  if constexpr (3 * kStride + 4 <= 64) {
    // Four of them lie in 64 bytes, each in the low or the high half of four bytes.
    const auto four_at = [](int i) { return i % 4 * kStride / 4; };
    const auto shift_at = [](int i) { return i % 4 * kStride % 4 * 8; };
    const __m512i fours =
        _mm512_setr_epi32(four_at(0), four_at(1), four_at(2), four_at(3), four_at(0), four_at(1),
                          four_at(2), four_at(3), four_at(0), four_at(1), four_at(2), four_at(3),
                          four_at(0), four_at(1), four_at(2), four_at(3));
    const __m512i shifts =
        _mm512_broadcast_i32x4(_mm_setr_epi32(shift_at(0), shift_at(1), shift_at(2), shift_at(3)));
    __m512i halves = _mm512_permutexvar_epi32(fours, _mm512_loadu_si512(p));
    halves =
        _mm512_mask_permutexvar_epi32(halves, 0x00F0, fours, _mm512_loadu_si512(p + 4 * kStride));
    halves =
        _mm512_mask_permutexvar_epi32(halves, 0x0F00, fours, _mm512_loadu_si512(p + 8 * kStride));
    halves =
        _mm512_mask_permutexvar_epi32(halves, 0xF000, fours, _mm512_loadu_si512(p + 12 * kStride));
    return {_mm512_cvtph_ps(_mm512_cvtepi32_epi16(_mm512_srlv_epi32(halves, shifts)))};
  } else {
    const auto at = [p](int i) {
      short half = 0;
      __builtin_memcpy(&half, p + i * kStride, sizeof(half));
      return half;
    };
    return {_mm512_cvtph_ps(_mm256_setr_epi16(at(0), at(1), at(2), at(3), at(4), at(5), at(6),
                                              at(7), at(8), at(9), at(10), at(11), at(12), at(13),
                                              at(14), at(15)))};
  }
}

}  // namespace
}  // namespace galago::cpu
