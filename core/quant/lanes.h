// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A super-block turned on its side: element i of all groups lie beside each other, so that the
// groups are searched at once, each in a lane of its own. Loops over lanes are plain code that a
// compiler makes vectors of; no sum crosses lanes, so that files come out the same everywhere.
#pragma once

#include <array>

#include "quant/blocks.h"

namespace galago {

template <int kGroups>
struct Lanes {
  static constexpr int kSize = kSuperBlock / kGroups;  ///< elements of a group

  using Row = std::array<float, kGroups>;

  explicit Lanes(const float* x) {
    for (int g = 0; g < kGroups; ++g)
      for (int i = 0; i < kSize; ++i) rows[i][g] = x[g * kSize + i];
  }

  std::array<Row, kSize> rows;
};

/// The nearest integer within [low, high], which are within ±2^22; low for NaN. Without a branch or
/// a call: adding 1.5 · 2^23 leaves no room for a fraction.
inline float nearest_level(float value, float low, float high) {
  constexpr float kNoFraction = 12582912.0F;
  value = value > low ? value : low;
  value = value < high ? value : high;
  return (value + kNoFraction) - kNoFraction;
}

}  // namespace galago
