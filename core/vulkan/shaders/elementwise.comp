// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Ops whose every result needs a few elements only; OP says which.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

const uint ADD = 0;             // a + b
const uint SWIGLU = 1;          // silu(a) · b
const uint ACTIVATE = 2;        // activation(a)
const uint SCALE_CHANNELS = 3;  // a · b[0]
const uint EMBED_PATCHES = 4;   // b[0] or a[r - 1], + c[r]
const uint LAST_ROW = 5;        // the step's last row of a

layout(constant_id = 1) const uint OP = ADD;

layout(binding = 0, std430) buffer A { float a[]; };
layout(binding = 1, std430) buffer B { float b[]; };
layout(binding = 2, std430) buffer Out { float out_values[]; };
layout(binding = 3, std430) readonly buffer C { float c[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;
  uint rows_is_step;
  uint cols;
  uint activation;
};

#include "activation.glsl"

float result(uint i, uint rows) {
  switch (OP) {
    case ADD: return a[at[0] + i] + b[at[1] + i];
    case SWIGLU: return activated(3, a[at[0] + i]) * b[at[1] + i];
    case ACTIVATE: return activated(activation, a[at[0] + i]);
    case SCALE_CHANNELS: return a[at[0] + i] * b[at[1] + i % cols];
    case EMBED_PATCHES:
      return (i < cols ? b[at[1] + i] : a[at[0] + i - cols]) + c[at[3] + i];
    default: return a[at[0] + (rows - 1) * cols + i];
  }
}

void main() {
  uint i = thread_index();
  uint rows = step_rows_of(rows_max, rows_is_step);
  if (rows == 0 || i >= (OP == LAST_ROW ? cols : rows * cols)) return;
  out_values[at[2] + i] = result(i, rows);
}
