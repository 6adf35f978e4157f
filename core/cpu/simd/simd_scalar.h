// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The vector of f32 that kernels are written against, in portable code: one lane. This header is
// also the description of its interface; simd_avx2.h, simd_avx512.h and simd_neon.h say the same
// with more lanes. A source file includes exactly one of them.
//
// Everything has internal linkage: the same names mean other code in each kernel file, and a linker
// must never pick one file's AVX-512 version for a processor without it.
#pragma once

#include <bit>
#include <cstdint>

#include "base/half.h"

namespace galago::cpu {
namespace {

constexpr int kLanes = 1;
/// Accumulators of the attention kernels: kTileRows × kTileVectors must fit the registers.
constexpr int kTileRows = 4;
constexpr int kTileVectors = 4;
/// The same for matrix products, whose two factors are both read in order.
constexpr int kProductRows = 4;
constexpr int kProductVectors = 4;

struct F32 {
  float v;
};

inline F32 broadcast(float x) { return {x}; }

inline F32 load(const float* p) { return {*p}; }

inline void store(float* p, F32 x) { *p = x.v; }

/// The first `n` lanes, 0 < n < kLanes; the others are 0.
inline F32 load_partial(const float* /*p*/, int /*n*/) { return {0}; }

/// Only the first `n` lanes are written.
inline void store_partial(float* /*p*/, int /*n*/, F32 /*x*/) {}

/// f16 bit patterns; rounding is to nearest even.
inline F32 load_f16(const std::uint16_t* p) { return {half_to_float(*p)}; }

inline void store_f16(std::uint16_t* p, F32 x) { *p = float_to_half(x.v); }

inline F32 load_f16_partial(const std::uint16_t* /*p*/, int /*n*/) { return {0}; }

inline void store_f16_partial(std::uint16_t* /*p*/, int /*n*/, F32 /*x*/) {}

/// bfloat16 bit patterns.
inline F32 load_bf16(const std::uint16_t* p) {
  return {std::bit_cast<float>(static_cast<std::uint32_t>(*p) << 16)};
}

inline F32 load_bf16_partial(const std::uint16_t* /*p*/, int /*n*/) { return {0}; }

/// 2·kLanes numbers: those at even places, those at odd places.
inline void load_pairs(const float* p, F32& even, F32& odd) {
  even.v = p[0];
  odd.v = p[1];
}

inline void store_pairs(float* p, F32 even, F32 odd) {
  p[0] = even.v;
  p[1] = odd.v;
}

inline F32 operator+(F32 a, F32 b) { return {a.v + b.v}; }

inline F32 operator-(F32 a, F32 b) { return {a.v - b.v}; }

inline F32 operator*(F32 a, F32 b) { return {a.v * b.v}; }

inline F32 operator/(F32 a, F32 b) { return {a.v / b.v}; }

/// a · b + c, rounded once where the processor can.
inline F32 fma(F32 a, F32 b, F32 c) { return {a.v * b.v + c.v}; }

/// `b` where either is NaN.
inline F32 min(F32 a, F32 b) { return {a.v < b.v ? a.v : b.v}; }

/// `b` where either is NaN.
inline F32 max(F32 a, F32 b) { return {a.v > b.v ? a.v : b.v}; }

/// a < b ? yes : no, per lane; `no` where either is NaN.
inline F32 select_less(F32 a, F32 b, F32 yes, F32 no) { return a.v < b.v ? yes : no; }

/// To the nearest integer, |x| < 2^22.
inline F32 round(F32 x) {
  constexpr float kMagic = 0x1.8p23F;  // its last bit is worth 1
  return {(x.v + kMagic) - kMagic};
}

/// 2^n for integral n in [-126, 127].
inline F32 pow2(F32 n) {
  // Through the range that converts safely: n may be NaN.
  const int exponent = n.v >= -126 && n.v <= 127 ? static_cast<int>(n.v) : 0;
  return {std::bit_cast<float>((exponent + 127) << 23)};
}

/// Lane j of row i becomes lane i of row j; bits are moved, never changed.
inline void transpose(F32 (&/*rows*/)[kLanes]) {}

inline float reduce_add(F32 x) { return x.v; }

inline float reduce_max(F32 x) { return x.v; }

}  // namespace
}  // namespace galago::cpu
