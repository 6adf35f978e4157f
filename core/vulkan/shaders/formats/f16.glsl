// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
uvec2 unit_columns(uint u) { return uvec2(8 * u, 8 * u + 4); }

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint i = row_begin(row) + 4 * u;
  a = vec4(unpackHalf2x16(w[i]), unpackHalf2x16(w[i + 1]));
  b = vec4(unpackHalf2x16(w[i + 2]), unpackHalf2x16(w[i + 3]));
}
