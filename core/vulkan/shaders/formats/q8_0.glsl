// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
uvec2 unit_columns(uint u) { return uvec2(8 * u, 8 * u + 4); }

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint row_at = row_begin(row);
  float d = moved_scale(row_at, u / 4);
  a = d * signed_bytes(w[row_at + 2 * u]);
  b = d * signed_bytes(w[row_at + 2 * u + 1]);
}
