// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
/// A word of low bits holds four columns of four runs that are 32 apart; a unit takes two runs.
uvec2 unit_columns(uint u) {
  uint x = u % 32;
  uint first = u / 32 * 256 + x / 16 * 128 + x / 8 % 2 * 64 + x % 8 * 4;
  return uvec2(first, first + 32);
}

/// Byte n of a block's twelve bytes of scales.
uint scale_byte(uint block_at, uint n) { return (w[block_at + 24 + n / 4] >> (8 * (n % 4))) & 255u; }

void unpack_run(uint block_at, float d, uint i, uint half_block, uint run, out vec4 x) {
  uint group = 8 * half_block + 2 * run + i / 4;
  uint low = group < 8 ? scale_byte(block_at, group) & 15u : scale_byte(block_at, group - 8) >> 4;
  uint high = (scale_byte(block_at, 8 + group % 4) >> (2 * (group / 4))) & 3u;
  float scale = d * float(int(low | (high << 4)) - 32);
  uint q = (w[block_at + 8 + 8 * half_block + i] >> (2 * run)) & 0x03030303u;
  uint third = (w[block_at + i] >> (4 * half_block + run)) & 0x01010101u;
  x = scale * (low_bytes(q | (third << 2)) - 4.0);
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint row_at = row_begin(row);
  uint block_at = row_at + u / 32 * 27;
  float d = moved_scale(row_at, u / 32);
  uint run = u / 8 % 2 * 2;
  unpack_run(block_at, d, u % 8, u % 32 / 16, run, a);
  unpack_run(block_at, d, u % 8, u % 32 / 16, run + 1, b);
}
