// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Matrix product of many rows of x: prompts and pictures. A workgroup makes a tile of TILE_ROWS rows
// by 64 outputs; for each four units of columns it unpacks its part of w and copies its part of x
// into shared memory, and each thread adds up four rows by four outputs in registers.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

/// THREADS / 4: 64 or 32.
layout(constant_id = 1) const uint TILE_ROWS = 64;
const uint TILE_OUTS = 64;
const uint TILE_UNITS = 4;
const uint TILE_DEPTH = TILE_UNITS * 8;

#include "product.glsl"

shared vec4 x_tile[TILE_DEPTH * TILE_ROWS / 4];
shared vec4 w_tile[TILE_DEPTH * TILE_OUTS / 4];

void put_x(uint depth, uint row, float value) {
  uint i = depth * TILE_ROWS + row;
  x_tile[i / 4][i % 4] = value;
}

void put_w(uint depth, uint part_out, float value) {
  uint i = depth * TILE_OUTS + part_out;
  w_tile[i / 4][i % 4] = value;
}

void main() {
  uint rows = step_rows_of(rows_max, rows_is_step);
  uint first_row = gl_WorkGroupID.z * TILE_ROWS;
  uint first = group_index() * TILE_OUTS;
  if (first >= part_outs || first_row >= rows) return;  // the whole workgroup
  uint thread = gl_LocalInvocationID.x;
  uint units = (cols + 7) / 8;
  vec4 sums[4] = vec4[4](vec4(0), vec4(0), vec4(0), vec4(0));
  uint my_rows = thread / 16;
  uint my_outs = thread % 16;
  for (uint u0 = 0; u0 < units; u0 += TILE_UNITS) {
    for (uint i = thread; i < TILE_ROWS * TILE_UNITS; i += THREADS) {
      uint row = i / TILE_UNITS;
      uint u = i % TILE_UNITS;
      vec4 a = vec4(0);
      vec4 b = vec4(0);
      if (u0 + u < units) {
        uvec2 columns = unit_columns(u0 + u);
        a = four_of_x(min(first_row + row, rows - 1), columns.x);
        b = four_of_x(min(first_row + row, rows - 1), columns.y);
      }
      for (uint j = 0; j < 4; ++j) {
        put_x(8 * u + j, row, a[j]);
        put_x(8 * u + 4 + j, row, b[j]);
      }
    }
    for (uint i = thread; i < TILE_OUTS * TILE_UNITS; i += THREADS) {
      uint part_out = i / TILE_UNITS;
      uint u = i % TILE_UNITS;
      vec4 a = vec4(0);
      vec4 b = vec4(0);
      if (u0 + u < units) unpack_unit(min(first + part_out, part_outs - 1), u0 + u, a, b);
      for (uint j = 0; j < 4; ++j) {
        put_w(8 * u + j, part_out, a[j]);
        put_w(8 * u + 4 + j, part_out, b[j]);
      }
    }
    barrier();
    for (uint k = 0; k < TILE_DEPTH; ++k) {
      vec4 xs = x_tile[k * (TILE_ROWS / 4) + my_rows];
      vec4 ws = w_tile[k * (TILE_OUTS / 4) + my_outs];
      sums[0] += xs.x * ws;
      sums[1] += xs.y * ws;
      sums[2] += xs.z * ws;
      sums[3] += xs.w * ws;
    }
    barrier();
  }
  for (uint r = 0; r < 4; ++r) {
    uint row = first_row + 4 * my_rows + r;
    for (uint o = 0; o < 4; ++o) {
      uint part_out = first + 4 * my_outs + o;
      if (row < rows && part_out < part_outs) store(row, part_out, sums[r][o]);
    }
  }
}
