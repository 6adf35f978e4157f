// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What several kernels use: sums over warps and blocks, activations, rounding to 8 bits.
#pragma once

#include <cmath>

#include "cuda/calls.h"
#include "cuda/kernels/block.h"

namespace galago::cuda {

inline constexpr int kWarp = 32;
/// What f16 can hold.
inline constexpr float kLargestHalf = 65504;

/// How a kernel is started: blocks along x, y, z.
struct Blocks {
  int x = 1, y = 1, z = 1;
};

constexpr int divide_up(int count, int size) { return (count + size - 1) / size; }

GALAGO_DEVICE int smaller(int a, int b) { return a < b ? a : b; }

GALAGO_DEVICE int larger(int a, int b) { return a > b ? a : b; }

GALAGO_DEVICE int active_rows(Rows rows, const StepParams* step) {
  return rows.is_step ? smaller(rows.max, step->rows) : rows.max;
}

/// Index of an element: rows times columns may exceed 31 bits.
GALAGO_DEVICE std::int64_t at(int row, int cols, int col) {
  return static_cast<std::int64_t>(row) * cols + col;
}

GALAGO_DEVICE float warp_sum(Block& b, float value) {
  for (int mask = kWarp / 2; mask > 0; mask /= 2) value += b.shuffle_xor(value, mask);
  return value;
}

GALAGO_DEVICE float warp_max(Block& b, float value) {
  for (int mask = kWarp / 2; mask > 0; mask /= 2) value = fmaxf(value, b.shuffle_xor(value, mask));
  return value;
}

/// Over all kThreads threads of the block; each gets the sum. Every warp adds up the parts in the
/// same order.
template <int kThreads>
GALAGO_DEVICE float block_sum(Block& b, float value) {
  GALAGO_SHARED float parts[kThreads / kWarp];
  value = warp_sum(b, value);
  b.sync();  // the parts of an earlier sum have been read
  if (b.thread() % kWarp == 0) parts[b.thread() / kWarp] = value;
  b.sync();
  float sum = 0;
  for (int i = 0; i < kThreads / kWarp; ++i) sum += parts[i];
  return sum;
}

/// A number that is none stays so, which fminf and fmaxf would not do.
GALAGO_DEVICE float clamped(float x, float low, float high) {
  return x < low ? low : x > high ? high : x;
}

/// erfc keeps what 1 + erf would lose; far out it magnifies the rounding of its argument, which is
/// therefore known and taken back to first order.
GALAGO_DEVICE float gelu(float x) {
  constexpr float kHigh = 0.70710678F;  // 1/√2 in two parts
  constexpr float kLow = 1.2101617e-8F;
  const float z = -x * kHigh;
  const float lost = fmaf(-x, kHigh, -z) - x * kLow;
  float tail = erfcf(z);
  if (z > 1 && tail > 0) tail -= tail * (2 * z + 1 / z) * lost;
  return 0.5F * x * tail;
}

GALAGO_DEVICE float activated(Activation activation, float x) {
  switch (activation) {
    case Activation::kNone:
      return x;
    case Activation::kQuickGelu:
      return x / (1 + expf(-1.702F * x));
    case Activation::kGelu:
      return gelu(x);
    case Activation::kSilu:
      return x / (1 + expf(-x));
    case Activation::kRelu:
      return x < 0 ? 0 : x;
    case Activation::kHardSwish:
      return x * clamped(x + 3, 0, 6) / 6;
    case Activation::kHardSigmoid:
      return clamped(x + 3, 0, 6) / 6;
  }
  return x;
}

/// Rounds 32 columns of a row, one a lane, `group` counted over all rows.
GALAGO_DEVICE void round_group(Block& b, const Rounded& out, std::int64_t group, float value) {
  const int lane = b.thread() % kWarp;
  const float largest = warp_max(b, fabsf(value));
  const float scale = largest / 127;
  // Of a scale that is zero or has no inverse nothing is left.
  const float inverse = scale > 1e-37F ? 1 / scale : 0.0F;
  const int q = static_cast<int>(rintf(fminf(fmaxf(value * inverse, -127), 127)));
  out.values[group * kWarp + lane] = static_cast<std::int8_t>(q);
  int sum = q;
  for (int mask = 8; mask > 0; mask /= 2) sum += b.shuffle_xor(sum, mask);
  const int other = b.shuffle_xor(sum, 16);
  if (lane == 0)
    out.scales[group] = {scale, scale * static_cast<float>(sum), scale * static_cast<float>(other),
                         0};
}

}  // namespace galago::cuda
