// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
/// The low nibbles of a word are four columns, the high ones the four that are 16 further.
uvec2 unit_columns(uint u) {
  uint first = u / 4 * 32 + u % 4 * 4;
  return uvec2(first, first + 16);
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint block_at = row_begin(row) + u / 4 * 5;
  vec2 dm = unpackHalf2x16(w[block_at]);
  uint v = w[block_at + 1 + u % 4];
  EXACT vec4 scaled_a = dm.x * low_nibbles(v);
  EXACT vec4 scaled_b = dm.x * high_nibbles(v);
  a = scaled_a + dm.y;
  b = scaled_b + dm.y;
}
