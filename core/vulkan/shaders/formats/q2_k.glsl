// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
/// A word of low bits holds four columns of four runs that are 32 apart; a unit takes two runs.
uvec2 unit_columns(uint u) {
  uint x = u % 32;
  uint first = u / 32 * 256 + x / 16 * 128 + x / 8 % 2 * 64 + x % 8 * 4;
  return uvec2(first, first + 32);
}

void unpack_run(uint block_at, vec2 d, uint v, uint half_block, uint run, uint i, out vec4 x) {
  uint group = 8 * half_block + 2 * run + i / 4;
  uint scale_min = (w[block_at + group / 4] >> (8 * (group % 4))) & 255u;
  EXACT float scale = d.x * float(scale_min & 15u);
  EXACT float smallest = d.y * float(scale_min >> 4);
  EXACT vec4 scaled = scale * low_bytes((v >> (2 * run)) & 0x03030303u);
  x = scaled - smallest;
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint block_at = row_begin(row) + u / 32 * 21;
  uint half_block = u % 32 / 16;
  uint run = u / 8 % 2 * 2;
  uint i = u % 8;
  vec2 d = unpackHalf2x16(w[block_at + 20]);
  uint v = w[block_at + 4 + 8 * half_block + i];
  unpack_run(block_at, d, v, half_block, run, i, a);
  unpack_run(block_at, d, v, half_block, run + 1, i, b);
}
