// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Scale and minimum of one group of q4_K and q5_K: six bits each in the three words after d.

uvec2 scale_and_min(uint block_at, uint group) {
  uint shift = 8 * (group % 4);
  uint scales = w[block_at + 1] >> shift;
  uint minima = w[block_at + 2] >> shift;
  if (group < 4) return uvec2(scales & 63u, minima & 63u);
  uint low = w[block_at + 3] >> shift;
  return uvec2((low & 15u) | ((scales >> 6 & 3u) << 4), (low >> 4 & 15u) | ((minima >> 6 & 3u) << 4));
}

/// The low nibbles of a word are four columns, the high ones the four that are 32 further.
uvec2 unit_columns(uint u) {
  uint first = u / 8 * 64 + u % 8 * 4;
  return uvec2(first, first + 32);
}
