// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
uvec2 unit_columns(uint u) { return uvec2(8 * u, 8 * u + 4); }

vec2 unpack_bf16(uint v) { return uintBitsToFloat(uvec2(v << 16, v & 0xFFFF0000u)); }

void unpack_unit(uint row, uint u, out vec4 a, out vec4 b) {
  uint i = row_begin(row) + 4 * u;
  a = vec4(unpack_bf16(w[i]), unpack_bf16(w[i + 1]));
  b = vec4(unpack_bf16(w[i + 2]), unpack_bf16(w[i + 3]));
}
