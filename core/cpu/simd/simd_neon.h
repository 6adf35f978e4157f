// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The interface of simd_scalar.h with the NEON that every 64-bit ARM has: four lanes.
#pragma once

#include <arm_neon.h>

#include <cstdint>

namespace galago::cpu {
namespace {

constexpr int kLanes = 4;
constexpr int kTileRows = 6;     // 24 accumulators, 4 vectors and a broadcast: 29 of 32 registers
constexpr int kProductRows = 8;  // 24 accumulators, 3 vectors, 2 of factors
constexpr int kProductVectors = 3;
constexpr int kTileVectors = 4;

struct F32 {
  float32x4_t v;
};

inline F32 broadcast(float x) { return {vdupq_n_f32(x)}; }

inline F32 load(const float* p) { return {vld1q_f32(p)}; }

inline void store(float* p, F32 x) { vst1q_f32(p, x.v); }

inline F32 load_partial(const float* p, int n) {
  float lanes[kLanes] = {};
  for (int i = 0; i < n; ++i) lanes[i] = p[i];
  return load(lanes);
}

inline void store_partial(float* p, int n, F32 x) {
  float lanes[kLanes];
  store(lanes, x);
  for (int i = 0; i < n; ++i) p[i] = lanes[i];
}

inline F32 load_f16(const std::uint16_t* p) {
  return {vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p)))};
}

inline void store_f16(std::uint16_t* p, F32 x) {
  vst1_u16(p, vreinterpret_u16_f16(vcvt_f16_f32(x.v)));
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

inline F32 load_bf16(const std::uint16_t* p) {
  return {vreinterpretq_f32_u32(vshll_n_u16(vld1_u16(p), 16))};
}

inline F32 load_bf16_partial(const std::uint16_t* p, int n) {
  std::uint16_t lanes[kLanes] = {};
  for (int i = 0; i < n; ++i) lanes[i] = p[i];
  return load_bf16(lanes);
}

inline void load_pairs(const float* p, F32& even, F32& odd) {
  const float32x4x2_t pairs = vld2q_f32(p);
  even.v = pairs.val[0];
  odd.v = pairs.val[1];
}

inline void store_pairs(float* p, F32 even, F32 odd) {
  const float32x4x2_t pairs = {{even.v, odd.v}};  // a macro of Clang's takes no braces
  vst2q_f32(p, pairs);
}

inline F32 operator+(F32 a, F32 b) { return {vaddq_f32(a.v, b.v)}; }

inline F32 operator-(F32 a, F32 b) { return {vsubq_f32(a.v, b.v)}; }

inline F32 operator*(F32 a, F32 b) { return {vmulq_f32(a.v, b.v)}; }

inline F32 operator/(F32 a, F32 b) { return {vdivq_f32(a.v, b.v)}; }

inline F32 fma(F32 a, F32 b, F32 c) { return {vfmaq_f32(c.v, a.v, b.v)}; }

inline F32 min(F32 a, F32 b) { return {vbslq_f32(vcltq_f32(a.v, b.v), a.v, b.v)}; }

inline F32 max(F32 a, F32 b) { return {vbslq_f32(vcgtq_f32(a.v, b.v), a.v, b.v)}; }

inline F32 select_less(F32 a, F32 b, F32 yes, F32 no) {
  return {vbslq_f32(vcltq_f32(a.v, b.v), yes.v, no.v)};
}

inline F32 round(F32 x) { return {vrndnq_f32(x.v)}; }

inline F32 pow2(F32 n) {
  const int32x4_t exponent = vaddq_s32(vcvtq_s32_f32(n.v), vdupq_n_s32(127));
  return {vreinterpretq_f32_s32(vshlq_n_s32(exponent, 23))};
}

inline void transpose(F32 (&rows)[kLanes]) {
  const float32x4x2_t low = vtrnq_f32(rows[0].v, rows[1].v);
  const float32x4x2_t high = vtrnq_f32(rows[2].v, rows[3].v);
  rows[0].v = vcombine_f32(vget_low_f32(low.val[0]), vget_low_f32(high.val[0]));
  rows[1].v = vcombine_f32(vget_low_f32(low.val[1]), vget_low_f32(high.val[1]));
  rows[2].v = vcombine_f32(vget_high_f32(low.val[0]), vget_high_f32(high.val[0]));
  rows[3].v = vcombine_f32(vget_high_f32(low.val[1]), vget_high_f32(high.val[1]));
}

inline float reduce_add(F32 x) { return vaddvq_f32(x.v); }

inline float reduce_max(F32 x) { return vmaxvq_f32(x.v); }

}  // namespace
}  // namespace galago::cpu
