// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Rows of matrices turned to columns, as the inner loops of products read them.
#pragma once

#include <cstddef>

namespace galago::cpu {
namespace {

/// Reads kLanes values of a source at a time and writes them below each other: value j of source i
/// goes to out[j · stride + i]. `get(i, k)` makes them of the kStep columns from k on, of those
/// that exist; sources from `sources` to `width` are 0. The last line may be followed by up to
/// kLanes - 1 floats that mean nothing.
template <int kStep, class Get>
inline void transpose_sources(int sources, int width, int cols, Get get, float* out,
                              std::ptrdiff_t stride) {
  for (int first = 0; first < width; first += kLanes) {
    for (int k = 0; k < cols; k += kStep) {
      F32 block[kLanes];
      for (int i = 0; i < kLanes; ++i)
        block[i] = first + i < sources ? get(first + i, k) : broadcast(0);
      transpose(block);
      const int left = cols - k < kStep ? cols - k : kStep;
      const int lines = (left * kLanes + kStep - 1) / kStep;
      float* to = out + static_cast<std::ptrdiff_t>(k / kStep) * kLanes * stride + first;
      for (int j = 0; j < lines; ++j) store(to + j * stride, block[j]);
    }
  }
}

}  // namespace
}  // namespace galago::cpu
