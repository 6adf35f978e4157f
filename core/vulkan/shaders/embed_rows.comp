// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// out[r] = ids[r] >= 0 ? table[ids[r]] : pictures[-1 - ids[r]]; a thread unpacks one unit. The
// table's rows first_id + [0, part_ids) are bound; pictures go with the first of them.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

layout(binding = 0, std430) readonly buffer Ids { int ids[]; };
layout(binding = 1, std430) readonly buffer W { uint w[]; };
layout(binding = 2, std430) buffer Out { float out_values[]; };
layout(binding = 3, std430) readonly buffer Pictures { float pictures[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;
  uint rows_is_step;
  uint cols;
  uint row_words;
  uint scales_word;
  uint first_id;
  uint part_ids;
};

// What a format means, to the last bit.
#define EXACT precise
#include "weights.glsl"

void put(uint row, uint column, vec4 values) {
  for (uint i = 0; i < 4 && column + i < cols; ++i)
    out_values[at[2] + row * cols + column + i] = values[i];
}

vec4 of_picture(uint row, uint column) {
  vec4 values = vec4(0);
  for (uint i = 0; i < 4 && column + i < cols; ++i)
    values[i] = pictures[at[3] + row * cols + column + i];
  return values;
}

void main() {
  uint units = (cols + 7) / 8;
  uint row = thread_index() / units;
  uint u = thread_index() % units;
  if (row >= step_rows_of(rows_max, rows_is_step)) return;
  int id = ids[at[0] + row];
  uvec2 columns = unit_columns(u);
  vec4 a;
  vec4 b;
  if (id >= 0) {
    uint part_id = uint(id) - first_id;
    if (uint(id) < first_id || part_id >= part_ids) return;
    unpack_unit(part_id, u, a, b);
  } else {
    if (first_id != 0) return;
    a = of_picture(uint(-1 - id), columns.x);
    b = of_picture(uint(-1 - id), columns.y);
  }
  put(row, columns.x, a);
  put(row, columns.y, b);
}
