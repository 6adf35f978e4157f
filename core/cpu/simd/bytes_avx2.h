// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The interface of bytes_scalar.h with AVX2, and with the dot products of AVX-512 VNNI where the
// file that includes this is compiled for them.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace galago::cpu {
namespace {

struct Bytes {
  __m256i v;
};

struct Ints {
  __m256i v;
};

struct Floats {
  __m256 v;
};

#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
constexpr int kSignedBias = 128;
#else
constexpr int kSignedBias = 0;
#endif

inline Bytes load_bytes(const void* p) {
  return {_mm256_loadu_si256(static_cast<const __m256i*>(p))};
}

inline void store_bytes(void* p, Bytes x) { _mm256_storeu_si256(static_cast<__m256i*>(p), x.v); }

inline Bytes load_nibbles(const void* p) {
  const __m256i twice =
      _mm256_broadcastsi128_si256(_mm_loadu_si128(static_cast<const __m128i*>(p)));
  const __m256i halves = _mm256_srlv_epi64(twice, _mm256_setr_epi64x(0, 0, 4, 4));
  return {_mm256_and_si256(halves, _mm256_set1_epi8(15))};
}

inline Bytes operator|(Bytes a, Bytes b) { return {_mm256_or_si256(a.v, b.v)}; }

template <int kShift, int kMask>
inline Bytes bit_field(Bytes x) {
  const __m256i shifted = kShift == 0 ? x.v : _mm256_srli_epi16(x.v, kShift);
  return {_mm256_and_si256(shifted, _mm256_set1_epi8(static_cast<char>(kMask)))};
}

template <int kShift>
inline Bytes shifted_left(Bytes x) {
  return {_mm256_slli_epi16(x.v, kShift)};
}

inline Bytes expand_bits(const void* p, std::uint8_t value) {
  int word = 0;
  __builtin_memcpy(&word, p, sizeof(word));
  // Byte i of the word in each of bytes 8i … 8i + 7, then one bit of it in each.
  const __m256i bytes = _mm256_shuffle_epi8(
      _mm256_set1_epi32(word), _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2,
                                                2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3));
  const __m256i bits = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201ULL));
  const __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(bytes, bits), bits);
  return {_mm256_and_si256(set, _mm256_set1_epi8(static_cast<char>(value)))};
}

inline Ints load_ints(const std::int32_t* p) {
  return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))};
}

#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
inline Ints dot(Ints sum, Bytes w, Bytes x) { return {_mm256_dpbusd_epi32(sum.v, w.v, x.v)}; }

inline Bytes add_signed_bias(Bytes w) { return {_mm256_xor_si256(w.v, _mm256_set1_epi8(-128))}; }

inline Ints dot_signed(Ints sum, Bytes w, Bytes x) { return dot(sum, add_signed_bias(w), x); }
#else
inline Bytes add_signed_bias(Bytes w) { return w; }

/// Pairs of products of up to 127 · 127 fit 16 bits.
inline Ints dot(Ints sum, Bytes w, Bytes x) {
  const __m256i pairs = _mm256_maddubs_epi16(w.v, x.v);
  return {_mm256_add_epi32(sum.v, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))};
}

/// The weight hands its sign to x, so that it is the unsigned factor: up to 128, twice 128 · 127
/// fits as well.
inline Ints dot_signed(Ints sum, Bytes w, Bytes x) {
  return dot(sum, {_mm256_abs_epi8(w.v)}, {_mm256_sign_epi8(x.v, w.v)});
}
#endif

inline Floats floats(float x) { return {_mm256_set1_ps(x)}; }

inline Floats load_floats(const float* p) { return {_mm256_loadu_ps(p)}; }

inline void store_floats(float* p, Floats x) { _mm256_storeu_ps(p, x.v); }

inline Floats floats_f16(const void* p) {
  std::uint16_t half = 0;
  __builtin_memcpy(&half, p, sizeof(half));
  return {_mm256_cvtph_ps(_mm_set1_epi16(static_cast<short>(half)))};
}

inline Floats two_floats(const float* p) {
  double both = 0;
  __builtin_memcpy(&both, p, sizeof(both));
  return {_mm256_permutevar8x32_ps(_mm256_castpd_ps(_mm256_set1_pd(both)),
                                   _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1))};
}

inline Floats to_floats(Ints x) { return {_mm256_cvtepi32_ps(x.v)}; }

inline Floats floats_u8(const std::uint8_t* p) {
  return {_mm256_cvtepi32_ps(
      _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p))))};
}

inline Floats floats_s8(const std::int8_t* p) {
  return {_mm256_cvtepi32_ps(
      _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p))))};
}

inline Floats operator*(Floats a, Floats b) { return {_mm256_mul_ps(a.v, b.v)}; }

inline Floats operator+(Floats a, Floats b) { return {_mm256_add_ps(a.v, b.v)}; }

inline Floats fma(Floats a, Floats b, Floats c) { return {_mm256_fmadd_ps(a.v, b.v, c.v)}; }

inline float reduce_add(Floats x) {
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(x.v), _mm256_extractf128_ps(x.v, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

}  // namespace
}  // namespace galago::cpu
