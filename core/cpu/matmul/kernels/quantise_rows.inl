// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Rounds x to 8 bits: blocks of 32 share a scale, as in Q8_0.
#pragma once

#include "cpu/matmul/kernels/formats.inl"

namespace galago::cpu {
namespace {

/// 32 numbers to −127 … 127; returns the scale.
inline float quantise_unit(const float* x, std::int8_t* quants) {
  F32 largest = broadcast(0);
  for (int i = 0; i < kUnit; i += kLanes) {
    const F32 v = load(x + i);
    largest = max(largest, max(v, broadcast(0) - v));
  }
  const float limit = reduce_max(largest);
  const float scale = limit / 127;
  const F32 inverse = broadcast(scale > 1e-38F ? 1 / scale : 0);
  alignas(64) float rounded[kUnit];
  for (int i = 0; i < kUnit; i += kLanes) store(rounded + i, round(load(x + i) * inverse));
  for (int i = 0; i < kUnit; ++i)
    quants[i] = static_cast<std::int8_t>(static_cast<int>(rounded[i]));
  return scale;
}

/// Σ of four neighbours, eight times.
inline void sum_fours(const std::int8_t* quants, std::int32_t* sums) {
  for (int i = 0; i < kUnit / 4; ++i)
    sums[i] = quants[4 * i] + quants[4 * i + 1] + quants[4 * i + 2] + quants[4 * i + 3];
}

/// Σ of group `index` of a unit, from what sum_fours gave.
template <int kGroup>
inline std::int32_t sum_of_group(const std::int32_t* sums, int index) {
  std::int32_t sum = 0;
  for (int i = 0; i < kGroup / 4; ++i) sum += sums[index * (kGroup / 4) + i];
  return sum;
}

}  // namespace
}  // namespace galago::cpu
