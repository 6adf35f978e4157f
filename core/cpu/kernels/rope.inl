// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Rotary position embedding of interleaved pairs. Source: Su et al. 2021 (RoFormer), eq. (15).
#pragma once

#include "cpu/kernel_table.h"

namespace galago::cpu {
namespace {

void rope(float* x, int heads, int head_dim, const float* angles, int rope_dim) {
  const int pairs = rope_dim / 2;
  const float* cosines = angles;
  const float* sines = angles + pairs;
  for (int h = 0; h < heads; ++h, x += head_dim) {
    int i = 0;
    for (; i + kLanes <= pairs; i += kLanes) {
      F32 a;
      F32 b;
      load_pairs(x + 2 * i, a, b);
      const F32 cosine = load(cosines + i);
      const F32 sine = load(sines + i);
      store_pairs(x + 2 * i, a * cosine - b * sine, a * sine + b * cosine);
    }
    for (; i < pairs; ++i) {
      const float a = x[2 * i];
      const float b = x[2 * i + 1];
      x[2 * i] = a * cosines[i] - b * sines[i];
      x[2 * i + 1] = a * sines[i] + b * cosines[i];
    }
  }
}

}  // namespace
}  // namespace galago::cpu
