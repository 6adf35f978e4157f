// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What both matrix products share: the operands, the loading of x, and what follows the sum.
// out [rows, out_cols] = activation(x [rows, cols] · wᵀ + bias) + residual, for the outputs
// first_out + [0, part_outs) whose weights are bound.

layout(binding = 0, std430) readonly buffer X { float x[]; };
layout(binding = 0, std430) readonly buffer X4 { vec4 x4[]; };
layout(binding = 1, std430) readonly buffer W { uint w[]; };
layout(binding = 2, std430) buffer Out { float out_values[]; };
layout(binding = 3, std430) readonly buffer Bias { float bias[]; };
layout(binding = 4, std430) buffer Residual { float residual[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;
  uint rows_is_step;
  uint cols;
  uint out_cols;
  uint first_out;
  uint part_outs;
  uint row_words;
  uint scales_word;
  uint has_bias;
  uint has_residual;
  uint activation;
};

/// Whether cols is a multiple of eight.
layout(constant_id = 2) const bool WHOLE_UNITS = true;
/// Whether x and its rows begin at multiples of 16 bytes.
layout(constant_id = 3) const bool ALIGNED = true;

#define EXACT
#include "activation.glsl"
#include "weights.glsl"

float x_or_zero(uint row, uint column) {
  return column < cols ? x[at[0] + row * cols + column] : 0.0;
}

vec4 four_of_x(uint row, uint column) {
  uint i = at[0] + row * cols + column;
  if (WHOLE_UNITS && ALIGNED) return x4[i / 4];
  if (WHOLE_UNITS) return vec4(x[i], x[i + 1], x[i + 2], x[i + 3]);
  return vec4(x_or_zero(row, column), x_or_zero(row, column + 1), x_or_zero(row, column + 2),
              x_or_zero(row, column + 3));
}

void store(uint row, uint part_out, float sum) {
  uint column = first_out + part_out;
  if (has_bias != 0) sum += bias[at[3] + column];
  sum = activated(activation, sum);
  uint i = row * out_cols + column;
  if (has_residual != 0) sum += residual[at[4] + i];
  out_values[at[2] + i] = sum;
}
