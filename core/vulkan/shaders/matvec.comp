// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Matrix product of few rows of x: decoding. A workgroup makes OUTPUTS outputs; its threads share
// the columns, neighbours read neighbouring words of w, and what is loaded of x serves all outputs.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

/// Rows of x at most.
layout(constant_id = 1) const uint X_ROWS = 1;
const uint OUTPUTS = 4;

#include "product.glsl"

const uint SUM_VALUES = OUTPUTS * X_ROWS;
#include "reduce.glsl"

void main() {
  uint first = group_index() * OUTPUTS;
  uint rows = step_rows_of(rows_max, rows_is_step);
  if (first >= part_outs || rows == 0) return;  // the whole workgroup
  float sums[SUM_VALUES];
  for (uint i = 0; i < SUM_VALUES; ++i) sums[i] = 0.0;
  uint units = (cols + 7) / 8;
  for (uint u = gl_LocalInvocationID.x; u < units; u += THREADS) {
    uvec2 columns = unit_columns(u);
    vec4 xa[X_ROWS];
    vec4 xb[X_ROWS];
    for (uint r = 0; r < X_ROWS; ++r) {
      uint row = min(r, rows - 1);
      xa[r] = four_of_x(row, columns.x);
      xb[r] = four_of_x(row, columns.y);
    }
    for (uint o = 0; o < OUTPUTS; ++o) {
      vec4 wa;
      vec4 wb;
      unpack_unit(min(first + o, part_outs - 1), u, wa, wb);
      for (uint r = 0; r < X_ROWS; ++r)
        sums[o * X_ROWS + r] += dot(wa, xa[r]) + dot(wb, xb[r]);
    }
  }
  sum_over_group(sums);
  if (gl_LocalInvocationID.x != 0) return;
  for (uint o = 0; o < OUTPUTS && first + o < part_outs; ++o)
    for (uint r = 0; r < X_ROWS && r < rows; ++r) store(r, first + o, sums[o * X_ROWS + r]);
}
