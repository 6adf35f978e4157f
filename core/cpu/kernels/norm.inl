// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Normalisations of rows. Sums run in four vectors: no addition waits for the one before, and fewer
// roundings pile up in each lane.
#pragma once

#include "cpu/kernels/elementwise.inl"

namespace galago::cpu {
namespace {

/// Σ term(x[i]).
template <class Term>
inline float sum_terms(const float* x, int cols, Term term) {
  F32 sums[4] = {broadcast(0), broadcast(0), broadcast(0), broadcast(0)};
  int i = 0;
  for (; i + 4 * kLanes <= cols; i += 4 * kLanes)
    for (int j = 0; j < 4; ++j) sums[j] = sums[j] + term(load(x + i + j * kLanes));
  for (; i + kLanes <= cols; i += kLanes) sums[0] = sums[0] + term(load(x + i));
  if (i < cols) {
    // Through memory: what `term` makes of the empty lanes must not count.
    float rest[kLanes] = {};
    store_partial(rest, cols - i, term(load_partial(x + i, cols - i)));
    sums[1] = sums[1] + load(rest);
  }
  return reduce_add((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

void rms_norm(const float* x, int rows, int cols, const float* gain, float eps, float* out) {
  for (int r = 0; r < rows; ++r, x += cols, out += cols) {
    const float squares = sum_terms(x, cols, [](F32 v) { return v * v; });
    const F32 scale = broadcast(1 / __builtin_sqrtf(squares / static_cast<float>(cols) + eps));
    for_each_vector(static_cast<std::size_t>(cols), [=](std::size_t i, auto get, auto put) {
      put(out + i, get(x + i) * scale * get(gain + i));
    });
  }
}

void layer_norm(const float* x, int rows, int cols, const float* gain, const float* bias, float eps,
                float* out) {
  const float n = static_cast<float>(cols);
  for (int r = 0; r < rows; ++r, x += cols, out += cols) {
    const F32 mean = broadcast(sum_terms(x, cols, [](F32 v) { return v; }) / n);
    const float squares = sum_terms(x, cols, [mean](F32 v) { return (v - mean) * (v - mean); });
    const F32 scale = broadcast(1 / __builtin_sqrtf(squares / n + eps));
    for_each_vector(static_cast<std::size_t>(cols), [=](std::size_t i, auto get, auto put) {
      put(out + i, fma((get(x + i) - mean) * scale, get(gain + i), get(bias + i)));
    });
  }
}

}  // namespace
}  // namespace galago::cpu
