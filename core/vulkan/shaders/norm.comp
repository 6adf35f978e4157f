// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// rms_norm and layer_norm: a workgroup for each row.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

layout(constant_id = 1) const bool IS_LAYER_NORM = false;

layout(binding = 0, std430) buffer X { float x[]; };
layout(binding = 1, std430) readonly buffer Gain { float gain[]; };
layout(binding = 2, std430) buffer Out { float out_values[]; };
layout(binding = 3, std430) readonly buffer Bias { float bias[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;
  uint rows_is_step;
  uint cols;
  float eps;
};

const uint SUM_VALUES = 1;
#include "reduce.glsl"

void main() {
  uint row = group_index();
  if (row >= step_rows_of(rows_max, rows_is_step)) return;  // the whole workgroup
  uint from = at[0] + row * cols;
  uint to = at[2] + row * cols;
  float mean = 0.0;
  float sums[1];
  if (IS_LAYER_NORM) {
    sums[0] = 0.0;
    for (uint c = gl_LocalInvocationID.x; c < cols; c += THREADS) sums[0] += x[from + c];
    sum_over_group(sums);
    mean = sums[0] / float(cols);
  }
  sums[0] = 0.0;
  for (uint c = gl_LocalInvocationID.x; c < cols; c += THREADS) {
    float d = x[from + c] - mean;
    sums[0] += d * d;
  }
  sum_over_group(sums);
  float scale = 1.0 / sqrt(sums[0] / float(cols) + eps);
  for (uint c = gl_LocalInvocationID.x; c < cols; c += THREADS) {
    float y = (x[from + c] - mean) * scale * gain[at[1] + c];
    out_values[to + c] = IS_LAYER_NORM ? y + bias[at[3] + c] : y;
  }
}
