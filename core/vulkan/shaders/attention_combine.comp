// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Adds up the parts of attention.comp: a thread for each element of the result.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

layout(binding = 0, std430) readonly buffer Parts { float parts[]; };
layout(binding = 1, std430) writeonly buffer Out { float out_values[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;
  uint rows_is_step;
  uint cols;
  uint head_dim;
  uint splits;
};

void main() {
  uint i = thread_index();
  if (i >= step_rows_of(rows_max, rows_is_step) * cols) return;
  uint stride = head_dim + 2;
  uint from = at[0] + i / head_dim * splits * stride;  // rows and heads lie in out's order
  float largest = parts[from + head_dim];
  for (uint s = 1; s < splits; ++s) largest = max(largest, parts[from + s * stride + head_dim]);
  float sum = 0.0;
  float weight_sum = 0.0;
  for (uint s = 0; s < splits; ++s) {
    uint part = from + s * stride;
    float share = exp(parts[part + head_dim] - largest);
    sum += share * parts[part + i % head_dim];
    weight_sum += share * parts[part + head_dim + 1];
  }
  out_values[at[1] + i] = sum / weight_sum;
}
