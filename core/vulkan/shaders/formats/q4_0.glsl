// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
/// The low nibbles of a word are four columns, the high ones the four that are 16 further.
uvec2 unit_columns(uint u) {
  uint first = u / 4 * 32 + u % 4 * 4;
  return uvec2(first, first + 16);
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint row_at = row_begin(row);
  uint v = w[row_at + u];  // blocks of four words, and nothing between them
  float d = moved_scale(row_at, u / 4);
  a = d * (low_nibbles(v) - 8.0);
  b = d * (high_nibbles(v) - 8.0);
}
