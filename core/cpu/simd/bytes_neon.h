// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The interface of bytes_scalar.h with NEON, and with the dot products of ARMv8.2 where the file
// that includes this is compiled for them.
#pragma once

#include <arm_neon.h>

#include <cstddef>
#include <cstdint>

#include "cpu/simd/simd_neon.h"

namespace galago::cpu {
namespace {

struct Bytes {
  uint8x16_t low, high;
};

struct Ints {
  int32x4_t low, high;
};

struct Floats {
  float32x4_t low, high;
};

constexpr int kSignedBias = 0;

inline Bytes load_bytes(const void* p) {
  const auto* from = static_cast<const std::uint8_t*>(p);
  return {vld1q_u8(from), vld1q_u8(from + 16)};
}

inline void store_bytes(void* p, Bytes x) {
  auto* to = static_cast<std::uint8_t*>(p);
  vst1q_u8(to, x.low);
  vst1q_u8(to + 16, x.high);
}

inline Bytes load_nibbles(const void* p) {
  const uint8x16_t both = vld1q_u8(static_cast<const std::uint8_t*>(p));
  return {vandq_u8(both, vdupq_n_u8(15)), vshrq_n_u8(both, 4)};
}

inline Bytes operator|(Bytes a, Bytes b) {
  return {vorrq_u8(a.low, b.low), vorrq_u8(a.high, b.high)};
}

template <int kShift, int kMask>
inline Bytes bit_field(Bytes x) {
  if constexpr (kShift > 0) x = {vshrq_n_u8(x.low, kShift), vshrq_n_u8(x.high, kShift)};
  const uint8x16_t mask = vdupq_n_u8(kMask);
  return {vandq_u8(x.low, mask), vandq_u8(x.high, mask)};
}

template <int kShift>
inline Bytes shifted_left(Bytes x) {
  return {vshlq_n_u8(x.low, kShift), vshlq_n_u8(x.high, kShift)};
}

inline Bytes expand_bits(const void* p, std::uint8_t value) {
  const auto* from = static_cast<const std::uint8_t*>(p);
  const uint8x16_t bits = vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201ULL));
  const uint8x16_t values = vdupq_n_u8(value);
  const uint8x16_t low = vcombine_u8(vdup_n_u8(from[0]), vdup_n_u8(from[1]));
  const uint8x16_t high = vcombine_u8(vdup_n_u8(from[2]), vdup_n_u8(from[3]));
  return {vandq_u8(vtstq_u8(low, bits), values), vandq_u8(vtstq_u8(high, bits), values)};
}

inline Bytes add_signed_bias(Bytes w) { return w; }

inline Ints load_ints(const std::int32_t* p) { return {vld1q_s32(p), vld1q_s32(p + 4)}; }

/// Four sums of four products of signed bytes.
inline int32x4_t dot_sixteen(int32x4_t sum, uint8x16_t a, uint8x16_t b) {
  const int8x16_t w = vreinterpretq_s8_u8(a);
  const int8x16_t x = vreinterpretq_s8_u8(b);
#if defined(__ARM_FEATURE_DOTPROD)
  return vdotq_s32(sum, w, x);
#else
  const int16x8_t low = vmull_s8(vget_low_s8(w), vget_low_s8(x));
  const int16x8_t high = vmull_high_s8(w, x);
  // Neighbours are added twice: products to pairs of 32 bits, pairs to fours.
  return vaddq_s32(sum, vpaddq_s32(vpaddlq_s16(low), vpaddlq_s16(high)));
#endif
}

inline Ints dot(Ints sum, Bytes w, Bytes x) {
  return {dot_sixteen(sum.low, w.low, x.low), dot_sixteen(sum.high, w.high, x.high)};
}

inline Ints dot_signed(Ints sum, Bytes w, Bytes x) { return dot(sum, w, x); }

inline Floats floats(float x) { return {vdupq_n_f32(x), vdupq_n_f32(x)}; }

inline Floats load_floats(const float* p) { return {vld1q_f32(p), vld1q_f32(p + 4)}; }

inline void store_floats(float* p, Floats x) {
  vst1q_f32(p, x.low);
  vst1q_f32(p + 4, x.high);
}

inline Floats floats_f16(const void* p) {
  std::uint16_t half = 0;
  __builtin_memcpy(&half, p, sizeof(half));
  const float32x4_t four = vcvt_f32_f16(vreinterpret_f16_u16(vdup_n_u16(half)));
  return {four, four};
}

inline Floats two_floats(const float* p) { return {vld1q_dup_f32(p), vld1q_dup_f32(p + 1)}; }

inline Floats to_floats(Ints x) { return {vcvtq_f32_s32(x.low), vcvtq_f32_s32(x.high)}; }

inline Floats floats_u8(const std::uint8_t* p) {
  const uint16x8_t wide = vmovl_u8(vld1_u8(p));
  return {vcvtq_f32_u32(vmovl_u16(vget_low_u16(wide))), vcvtq_f32_u32(vmovl_high_u16(wide))};
}

inline Floats floats_s8(const std::int8_t* p) {
  const int16x8_t wide = vmovl_s8(vld1_s8(p));
  return {vcvtq_f32_s32(vmovl_s16(vget_low_s16(wide))), vcvtq_f32_s32(vmovl_high_s16(wide))};
}

inline Floats operator*(Floats a, Floats b) {
  return {vmulq_f32(a.low, b.low), vmulq_f32(a.high, b.high)};
}

inline Floats operator+(Floats a, Floats b) {
  return {vaddq_f32(a.low, b.low), vaddq_f32(a.high, b.high)};
}

inline Floats fma(Floats a, Floats b, Floats c) {
  return {vfmaq_f32(c.low, a.low, b.low), vfmaq_f32(c.high, a.high, b.high)};
}

inline float reduce_add(Floats x) { return vaddvq_f32(vaddq_f32(x.low, x.high)); }

// --- Panels ------------------------------------------------------------------------------------

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

inline LaneInts broadcast_int(std::int32_t x) { return {vdupq_n_s32(x)}; }

inline F32 to_float(LaneInts x) { return {vcvtq_f32_s32(x.v)}; }

/// The four rows at `x` are one vector, loaded once.
template <int kRow, bool kSigned>
inline LaneInts dot_quads(LaneInts sum, Quads w, const std::int8_t* x) {
  const int8x16_t rows = vld1q_s8(x + kRow / 4 * 16);
#if defined(__ARM_FEATURE_DOTPROD)
  return {vdotq_laneq_s32(sum.v, vreinterpretq_s8_u8(w.v), rows, kRow % 4)};
#else
  const int32x4_t row = vdupq_laneq_s32(vreinterpretq_s32_s8(rows), kRow % 4);
  return {dot_sixteen(sum.v, w.v, vreinterpretq_u8_s32(row))};
#endif
}

}  // namespace
}  // namespace galago::cpu
