// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "k_scales.glsl"

vec4 k_scaled(uint block_at, vec2 d, uint group, vec4 q) {
  uvec2 k = scale_and_min(block_at, group);
  EXACT float scale = d.x * float(k.x);
  EXACT float smallest = d.y * float(k.y);
  EXACT vec4 scaled = scale * q;
  return scaled - smallest;
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint block_at = row_begin(row) + u / 32 * 36;
  uint group = u % 32 / 8 * 2;
  vec2 d = unpackHalf2x16(w[block_at]);
  uint v = w[block_at + 4 + u % 32];
  a = k_scaled(block_at, d, group, low_nibbles(v));
  b = k_scaled(block_at, d, group + 1, high_nibbles(v));
}
