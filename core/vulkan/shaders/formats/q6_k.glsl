// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
/// The low nibbles of a word are four columns, the high ones the four that are 64 further.
uvec2 unit_columns(uint u) {
  uint x = u % 32;
  uint first = u / 32 * 256 + x / 16 * 128 + x / 8 % 2 * 32 + x % 8 * 4;
  return uvec2(first, first + 64);
}

float group_scale(uint block_at, float d, uint group) {
  int scale = bitfieldExtract(int(w[block_at + 48 + group / 4]), int(8 * (group % 4)), 8);
  return d * float(scale);
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint row_at = row_begin(row);
  uint block_at = row_at + u / 32 * 52;
  uint half_block = u % 32 / 16;
  uint part = u / 8 % 2;
  uint i = u % 8;
  uint low = w[block_at + 16 * half_block + 8 * part + i];
  uint high = w[block_at + 32 + 8 * half_block + i] >> (2 * part);
  float d = moved_scale(row_at, u / 32);
  uint group = 8 * half_block + 2 * part + i / 4;
  a = group_scale(block_at, d, group) *
      (low_bytes((low & 0x0F0F0F0Fu) | ((high & 0x03030303u) << 4)) - 32.0);
  b = group_scale(block_at, d, group + 4) *
      (low_bytes(((low >> 4) & 0x0F0F0F0Fu) | (((high >> 4) & 0x03030303u) << 4)) - 32.0);
}
