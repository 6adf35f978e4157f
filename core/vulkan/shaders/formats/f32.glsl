// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
uvec2 unit_columns(uint u) { return uvec2(8 * u, 8 * u + 4); }

float weight_at(uint row, uint column) {
  return column < cols ? uintBitsToFloat(w[row_begin(row) + column]) : 0.0;
}

vec4 four_weights(uint row, uint column) {
  return vec4(weight_at(row, column), weight_at(row, column + 1), weight_at(row, column + 2),
              weight_at(row, column + 3));
}

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  a = four_weights(row, 8 * u);
  b = four_weights(row, 8 * u + 4);
}
