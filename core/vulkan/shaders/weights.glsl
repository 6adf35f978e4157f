// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Rows of a weight matrix of the type that FORMAT_… names, as core/vulkan/weight_layout.h lays them
// out. The shader declares the buffer w, and in its push constants at, cols, row_words, scales_word.
//
// A unit is eight weights that lie together: two runs of four columns.
//   uvec2 unit_columns(uint u): the first column of each run
//   void unpack_unit(uint row, uint u, out vec4 a, out vec4 b): their values

vec4 low_bytes(uint v) {
  return vec4(v & 255u, (v >> 8) & 255u, (v >> 16) & 255u, v >> 24);
}

vec4 signed_bytes(uint v) {
  int i = int(v);
  return vec4(bitfieldExtract(i, 0, 8), bitfieldExtract(i, 8, 8), bitfieldExtract(i, 16, 8),
              i >> 24);
}

vec4 low_nibbles(uint v) { return low_bytes(v & 0x0F0F0F0Fu); }

vec4 high_nibbles(uint v) { return low_bytes((v >> 4) & 0x0F0F0F0Fu); }

/// The lowest four bits of v, one to a byte.
uint spread_bits(uint v) { return ((v & 15u) * 0x00204081u) & 0x01010101u; }

uint row_begin(uint row) { return at[1] + row * row_words; }

/// A block's scale, where those of a row lie at its end.
float moved_scale(uint row_at, uint block) {
  vec2 pair = unpackHalf2x16(w[row_at + scales_word + block / 2]);
  return (block & 1u) == 0 ? pair.x : pair.y;
}

#if defined(FORMAT_F32)
#include "formats/f32.glsl"
#elif defined(FORMAT_F16)
#include "formats/f16.glsl"
#elif defined(FORMAT_BF16)
#include "formats/bf16.glsl"
#elif defined(FORMAT_Q4_0)
#include "formats/q4_0.glsl"
#elif defined(FORMAT_Q4_1)
#include "formats/q4_1.glsl"
#elif defined(FORMAT_Q5_0)
#include "formats/q5_0.glsl"
#elif defined(FORMAT_Q5_1)
#include "formats/q5_1.glsl"
#elif defined(FORMAT_Q8_0)
#include "formats/q8_0.glsl"
#elif defined(FORMAT_Q2_K)
#include "formats/q2_k.glsl"
#elif defined(FORMAT_Q3_K)
#include "formats/q3_k.glsl"
#elif defined(FORMAT_Q4_K)
#include "formats/q4_k.glsl"
#elif defined(FORMAT_Q5_K)
#include "formats/q5_k.glsl"
#elif defined(FORMAT_Q6_K)
#include "formats/q6_k.glsl"
#endif
