// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What formats.inl needs of the interface of bytes_scalar.h, with NEON. How products add up is in
// fours_neon.h and the panels' headers.
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

struct Floats {
  float32x4_t low, high;
};

constexpr int kSignedBias = 0;

/// 1.5 · 2²³: a sum between −2²² and 2²² that is larger by the bits of this number is itself a
/// number's bits. Cores convert integers in one of their pipes and take two steps for four; they
/// subtract in all.
constexpr float kBias = 12582912;
constexpr auto kSumBias = static_cast<std::int32_t>(0x4B400000);

inline F32 biased_to_float(int32x4_t sum) {
  return {vsubq_f32(vreinterpretq_f32_s32(sum), vdupq_n_f32(kBias))};
}

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
  if constexpr (kMask == 255 >> kShift) return x;  // the shift leaves nothing else
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

inline Floats floats(float x) { return {vdupq_n_f32(x), vdupq_n_f32(x)}; }

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

}  // namespace
}  // namespace galago::cpu
