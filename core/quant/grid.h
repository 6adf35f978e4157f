// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What every quantiser needs: the extent of a group of numbers, and rounding to a few levels. NaN
// and infinity end at some level of the grid; they never reach a conversion to an integer.
#pragma once

#include <algorithm>
#include <cmath>

namespace galago {

struct Range {
  float min;
  float max;
};

inline Range range_of(const float* x, int count) {
  Range range{x[0], x[0]};
  for (int i = 1; i < count; ++i) {
    range.min = std::min(range.min, x[i]);
    range.max = std::max(range.max, x[i]);
  }
  return range;
}

/// The element farthest from zero, with its sign; the first of equals.
inline float largest_magnitude(const float* x, int count) {
  float largest = 0;
  for (int i = 0; i < count; ++i)
    if (std::fabs(x[i]) > std::fabs(largest)) largest = x[i];
  return largest;
}

inline float inverse_or_zero(float d) { return d != 0 ? 1.0F / d : 0.0F; }

/// The integer part of a number that is not negative, kept within [low, high].
inline int truncate(float value, int low, int high) {
  if (!(value > static_cast<float>(low))) return low;  // also NaN
  return value >= static_cast<float>(high) ? high : static_cast<int>(value);
}

/// The nearest integer, halves away from zero, kept within [low, high].
inline int round_to(float value, int low, int high) {
  if (!(value > static_cast<float>(low))) return low;  // also NaN
  return value >= static_cast<float>(high) ? high : static_cast<int>(std::round(value));
}

}  // namespace galago
