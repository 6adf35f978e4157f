// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Rotates q in place and k on its way into the cache, stores v: a thread for each pair of elements
// of q, then of k and v. The cache's heads first_head + [0, part_heads) are bound; q goes with the
// first of them.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

layout(constant_id = 1) const bool IS_F16 = true;

layout(binding = 0, std430) buffer Q { float q[]; };
layout(binding = 1, std430) readonly buffer K { float k[]; };
layout(binding = 2, std430) readonly buffer V { float v[]; };
layout(binding = 3, std430) readonly buffer Angles { float angles[]; };
layout(binding = 4, std430) writeonly buffer CacheK { uint cache_k[]; };
layout(binding = 5, std430) writeonly buffer CacheV { uint cache_v[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;
  uint rows_is_step;
  uint q_cols;
  uint k_cols;
  uint head_dim;
  uint rope_dim;
  uint capacity;
  uint first_head;
  uint part_heads;
};

vec2 rotated(vec2 pair, uint row, uint element) {
  if (element >= rope_dim) return pair;
  uint i = at[3] + (uint(step_position) + row) * rope_dim + element / 2;
  float cosine = angles[i];
  float sine = angles[i + rope_dim / 2];
  return vec2(pair.x * cosine - pair.y * sine, pair.x * sine + pair.y * cosine);
}

/// Where in the bound heads an even element of a row's k or v lies, in elements.
uint cache_index(uint row, uint column) {
  uint head = column / head_dim - first_head;
  return (head * capacity + uint(step_position) + row) * head_dim + column % head_dim;
}

void main() {
  uint q_pairs = first_head == 0 ? q_cols / 2 : 0;
  uint pairs = q_pairs + part_heads * head_dim / 2;
  uint row = thread_index() / pairs;
  uint pair = thread_index() % pairs;
  if (row >= step_rows_of(rows_max, rows_is_step)) return;
  if (pair < q_pairs) {
    uint i = at[0] + row * q_cols + 2 * pair;
    vec2 turned = rotated(vec2(q[i], q[i + 1]), row, 2 * pair % head_dim);
    q[i] = turned.x;
    q[i + 1] = turned.y;
    return;
  }
  uint column = first_head * head_dim + 2 * (pair - q_pairs);
  uint from = row * k_cols + column;
  vec2 key = rotated(vec2(k[at[1] + from], k[at[1] + from + 1]), row, column % head_dim);
  vec2 value = vec2(v[at[2] + from], v[at[2] + from + 1]);
  uint to = cache_index(row, column);
  if (IS_F16) {
    cache_k[at[4] + to / 2] = packHalf2x16(key);
    cache_v[at[5] + to / 2] = packHalf2x16(value);
  } else {
    cache_k[at[4] + to] = floatBitsToUint(key.x);
    cache_k[at[4] + to + 1] = floatBitsToUint(key.y);
    cache_v[at[5] + to] = floatBitsToUint(value.x);
    cache_v[at[5] + to + 1] = floatBitsToUint(value.y);
  }
}
