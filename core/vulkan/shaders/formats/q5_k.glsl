// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "k_scales.glsl"

vec4 k_scaled(uint block_at, vec2 d, uint group, uint low, uint fifth) {
  uvec2 k = scale_and_min(block_at, group);
  EXACT float scale = d.x * float(k.x);
  EXACT float smallest = d.y * float(k.y);
  EXACT vec4 scaled =
      scale * low_bytes((low & 0x0F0F0F0Fu) | (((fifth >> group) & 0x01010101u) << 4));
  return scaled - smallest;
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint block_at = row_begin(row) + u / 32 * 44;
  uint group = u % 32 / 8 * 2;
  vec2 d = unpackHalf2x16(w[block_at]);
  uint fifth = w[block_at + 4 + u % 8];
  uint v = w[block_at + 12 + u % 32];
  a = k_scaled(block_at, d, group, v, fifth);
  b = k_scaled(block_at, d, group + 1, v >> 4, fifth);
}
