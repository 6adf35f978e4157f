// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Depthwise 3×3 convolution with zero padding: a thread for each position and channel.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

layout(binding = 0, std430) readonly buffer X { float x[]; };
layout(binding = 1, std430) readonly buffer W { float w[]; };  // [cols, 9]
layout(binding = 2, std430) buffer Out { float out_values[]; };
layout(binding = 3, std430) readonly buffer Bias { float bias[]; };
layout(binding = 4, std430) buffer Residual { float residual[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;
  uint cols;
  int height;
  int width;
  int out_width;
  int stride;
  uint has_bias;
  uint has_residual;
};

void main() {
  uint i = thread_index();
  if (i >= rows_max * cols) return;
  int position = int(i / cols);
  uint c = i % cols;
  int y0 = position / out_width * stride - 1;
  int x0 = position % out_width * stride - 1;
  float sum = has_bias != 0 ? bias[at[3] + c] : 0.0;
  for (int dy = 0; dy < 3; ++dy) {
    for (int dx = 0; dx < 3; ++dx) {
      int yy = y0 + dy;
      int xx = x0 + dx;
      if (yy < 0 || yy >= height || xx < 0 || xx >= width) continue;
      sum += w[at[1] + c * 9 + uint(dy * 3 + dx)] * x[at[0] + uint(yy * width + xx) * cols + c];
    }
  }
  if (has_residual != 0) sum += residual[at[4] + i];
  out_values[at[2] + i] = sum;
}
