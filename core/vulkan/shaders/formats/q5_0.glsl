// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
/// The low nibbles of a word are four columns, the high ones the four that are 16 further.
uvec2 unit_columns(uint u) {
  uint first = u / 4 * 32 + u % 4 * 4;
  return uvec2(first, first + 16);
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint row_at = row_begin(row);
  uint block_at = row_at + u / 4 * 5;
  uint fifth = w[block_at] >> (4 * (u % 4));
  uint v = w[block_at + 1 + u % 4];
  float d = moved_scale(row_at, u / 4);
  a = d * (low_bytes((v & 0x0F0F0F0Fu) | (spread_bits(fifth) << 4)) - 16.0);
  b = d * (low_bytes(((v >> 4) & 0x0F0F0F0Fu) | (spread_bits(fifth >> 16) << 4)) - 16.0);
}
