// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What products with quantised weights are written against, in portable code: 32 bytes (a block of
// quants), their products in eight integers, and eight floats. This header is also the description
// of the interface; bytes_avx2.h says the same with vectors, bytes_neon.h what its own way with few
// rows (fours_neon.h) leaves of it.
//
// Everything has internal linkage, for the reason that simd_scalar.h gives.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/half.h"
#include "cpu/simd/simd_scalar.h"

#include "cpu/simd/row_sums.inl"

namespace galago::cpu {
namespace {

struct Bytes {
  std::uint8_t v[32];
};

struct Ints {
  std::int32_t v[8];
};

struct Floats {
  float v[8];
};

/// What is added to signed weights before they are multiplied; a sum of products must begin with
/// −kSignedBias · Σ x.
constexpr int kSignedBias = 0;

inline Bytes load_bytes(const void* p) {
  Bytes bytes;
  __builtin_memcpy(bytes.v, p, sizeof(bytes.v));
  return bytes;
}

inline void store_bytes(void* p, const Bytes& x) { __builtin_memcpy(p, x.v, sizeof(x.v)); }

/// 16 bytes: their low halves, then their high halves.
inline Bytes load_nibbles(const void* p) {
  const auto* from = static_cast<const std::uint8_t*>(p);
  Bytes bytes;
  for (int i = 0; i < 16; ++i) {
    bytes.v[i] = from[i] & 15;
    bytes.v[i + 16] = from[i] >> 4;
  }
  return bytes;
}

inline Bytes operator|(const Bytes& a, const Bytes& b) {
  Bytes bytes;
  for (int i = 0; i < 32; ++i) bytes.v[i] = a.v[i] | b.v[i];
  return bytes;
}

/// (byte >> kShift) & kMask, of each.
template <int kShift, int kMask>
inline Bytes bit_field(const Bytes& x) {
  Bytes bytes;
  for (int i = 0; i < 32; ++i) bytes.v[i] = static_cast<std::uint8_t>((x.v[i] >> kShift) & kMask);
  return bytes;
}

/// byte << kShift, of bytes that have room for it.
template <int kShift>
inline Bytes shifted_left(const Bytes& x) {
  Bytes bytes;
  for (int i = 0; i < 32; ++i) bytes.v[i] = static_cast<std::uint8_t>(x.v[i] << kShift);
  return bytes;
}

/// Byte i is `value` where bit i of the 32-bit word at `p` is set, else 0.
inline Bytes expand_bits(const void* p, std::uint8_t value) {
  const auto* from = static_cast<const std::uint8_t*>(p);
  Bytes bytes;
  for (int i = 0; i < 32; ++i)
    bytes.v[i] = static_cast<std::uint8_t>(((from[i / 8] >> (i % 8)) & 1) * value);
  return bytes;
}

/// Signed weights, each kSignedBias larger.
inline Bytes add_signed_bias(const Bytes& w) { return w; }

inline Ints load_ints(const std::int32_t* p) {
  Ints ints;
  __builtin_memcpy(ints.v, p, sizeof(ints.v));
  return ints;
}

/// Integer i of the result is sum[i] + Σ_j w[4i + j] · x[4i + j]: weights of 0 … 127, signed x.
inline Ints dot(const Ints& sum, const Bytes& w, const Bytes& x) {
  Ints ints = sum;
  for (int i = 0; i < 32; ++i) ints.v[i / 4] += w.v[i] * static_cast<std::int8_t>(x.v[i]);
  return ints;
}

/// The same with signed weights, to which it adds kSignedBias; x of −127 … 127.
inline Ints dot_signed(const Ints& sum, const Bytes& w, const Bytes& x) {
  Ints ints = sum;
  for (int i = 0; i < 32; ++i)
    ints.v[i / 4] += static_cast<std::int8_t>(w.v[i]) * static_cast<std::int8_t>(x.v[i]);
  return ints;
}

inline Floats floats(float x) { return {{x, x, x, x, x, x, x, x}}; }

inline Floats load_floats(const float* p) {
  Floats out;
  __builtin_memcpy(out.v, p, sizeof(out.v));
  return out;
}

inline void store_floats(float* p, const Floats& x) { __builtin_memcpy(p, x.v, sizeof(x.v)); }

/// The f16 at `p`, eight times.
inline Floats floats_f16(const void* p) {
  std::uint16_t half = 0;
  __builtin_memcpy(&half, p, sizeof(half));
  return floats(half_to_float(half));
}

/// p[0] four times, then p[1] four times.
inline Floats two_floats(const float* p) {
  return {{p[0], p[0], p[0], p[0], p[1], p[1], p[1], p[1]}};
}

inline Floats to_floats(const Ints& x) {
  Floats out;
  for (int i = 0; i < 8; ++i) out.v[i] = static_cast<float>(x.v[i]);
  return out;
}

/// Eight unsigned or signed bytes.
inline Floats floats_u8(const std::uint8_t* p) {
  Floats out;
  for (int i = 0; i < 8; ++i) out.v[i] = static_cast<float>(p[i]);
  return out;
}

inline Floats floats_s8(const std::int8_t* p) {
  Floats out;
  for (int i = 0; i < 8; ++i) out.v[i] = static_cast<float>(p[i]);
  return out;
}

inline Floats operator*(const Floats& a, const Floats& b) {
  Floats out;
  for (int i = 0; i < 8; ++i) out.v[i] = a.v[i] * b.v[i];
  return out;
}

inline Floats operator+(const Floats& a, const Floats& b) {
  Floats out;
  for (int i = 0; i < 8; ++i) out.v[i] = a.v[i] + b.v[i];
  return out;
}

inline Floats fma(const Floats& a, const Floats& b, const Floats& c) {
  Floats out;
  for (int i = 0; i < 8; ++i) out.v[i] = a.v[i] * b.v[i] + c.v[i];
  return out;
}

inline float reduce_add(const Floats& x) {
  return ((x.v[0] + x.v[1]) + (x.v[2] + x.v[3])) + ((x.v[4] + x.v[5]) + (x.v[6] + x.v[7]));
}

// --- Panels: kLanes columns side by side, four quants of each ----------------------------------

constexpr int kPanelVectors = 4;   ///< of kLanes columns each
constexpr int kQuantTileRows = 4;  ///< rows of x that meet a panel together

/// Four quants of each of kLanes columns.
struct Quads {
  std::uint8_t v[4];
};

struct LaneInts {
  std::int32_t v;
};

/// What sums in LaneInts are larger than the numbers that to_float() makes of them.
constexpr std::int32_t kSumBias = 0;

inline Quads load_quads(const std::byte* p) {
  Quads quads;
  __builtin_memcpy(quads.v, p, sizeof(quads.v));
  return quads;
}

/// As of_rows().
inline LaneInts ints_of_rows(const std::int32_t* p) { return {*p}; }

inline F32 to_float(LaneInts x) { return {static_cast<float>(x.v)}; }

/// As dot() in each lane, with the four x of row kRow at `x`, [rows][4]. Signed weights have
/// kSignedBias added already.
template <int kRow, bool kSigned>
inline LaneInts dot_quads(LaneInts sum, Quads w, const std::int8_t* x) {
  for (int i = 0; i < 4; ++i)
    sum.v += (kSigned ? static_cast<std::int8_t>(w.v[i]) : w.v[i]) * x[4 * kRow + i];
  return sum;
}

}  // namespace
}  // namespace galago::cpu
