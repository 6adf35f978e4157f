// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Means over the cells of a grid, as PyTorch's AdaptiveAvgPool2d: a thread for each cell and
// channel. A mean over all rows is one cell over a grid of one column.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

layout(binding = 0, std430) readonly buffer X { float x[]; };
layout(binding = 1, std430) writeonly buffer Out { float out_values[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;  // as the grid's height
  uint rows_is_step;
  uint cols;
  uint width;
  uint out_height;
  uint out_width;
};

void main() {
  uint i = thread_index();
  if (i >= out_height * out_width * cols) return;
  uint height = step_rows_of(rows_max, rows_is_step);
  uint cell = i / cols;
  uint c = i % cols;
  uint oy = cell / out_width;
  uint ox = cell % out_width;
  uint y_begin = oy * height / out_height;
  uint y_end = ((oy + 1) * height + out_height - 1) / out_height;
  uint x_begin = ox * width / out_width;
  uint x_end = ((ox + 1) * width + out_width - 1) / out_width;
  float sum = 0.0;
  for (uint y = y_begin; y < y_end; ++y)
    for (uint xx = x_begin; xx < x_end; ++xx) sum += x[at[0] + (y * width + xx) * cols + c];
  out_values[at[1] + i] = sum / float((y_end - y_begin) * (x_end - x_begin));
}
