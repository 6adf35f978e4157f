// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// softmax(q·kᵀ/√head_dim + mask)·v of ROWS queries of one head: tiles of KEYS keys pass through
// shared memory, the softmax is rescaled from tile to tile (Milakov & Gimelshein 2018, algorithm 3;
// Dao et al. 2022, algorithm 1). LANES threads share a query: each has its share of a tile's scores
// and of the dimensions of the sum. With SPLITS > 1 the keys are shared between that many
// workgroups, and attention_combine.comp adds up what they leave in parts.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "interface.glsl"

layout(constant_id = 1) const uint ROWS = 8;
layout(constant_id = 2) const uint KEYS = 16;
layout(constant_id = 3) const uint HEAD_DIM = 64;
layout(constant_id = 4) const bool IS_F16 = true;
layout(constant_id = 5) const bool IS_CAUSAL = true;
layout(constant_id = 6) const uint SPLITS = 1;

layout(binding = 0, std430) readonly buffer Q { float q[]; };
layout(binding = 1, std430) readonly buffer K { uint k[]; };
layout(binding = 2, std430) readonly buffer V { uint v[]; };
layout(binding = 3, std430) readonly buffer Mask { float mask[]; };
layout(binding = 4, std430) writeonly buffer Out { float out_values[]; };
/// [row][head][split][HEAD_DIM + 2]: the sum, the largest score, the sum of weights.
layout(binding = 5, std430) writeonly buffer Parts { float parts[]; };

layout(push_constant) uniform Push {
  uint at[6];
  uint rows_max;
  uint rows_is_step;
  uint q_cols;
  uint keys_max;     // where all rows see all keys
  uint first_head;   // of q, in this dispatch
  uint group_heads;  // heads of q that share a head of k
  uint head_stride;  // elements between heads of k and v
  uint row_stride;   // elements between their rows
  float scale;
};

const uint LANES = THREADS / ROWS;
const uint SCORES = (KEYS + LANES - 1) / LANES;       // of a thread
const uint DIMS = (HEAD_DIM + LANES - 1) / LANES;  // of a thread
const uint TILE_STRIDE = HEAD_DIM + 1;  // odd where dimensions are even: no two keys in one bank
const float LOWEST = -3.402823e38;

shared float queries[ROWS * HEAD_DIM];
shared float tile[KEYS * TILE_STRIDE];
shared float weights[ROWS * KEYS];

float element_of_k(uint i) {
  return IS_F16 ? unpackHalf2x16(k[at[1] + i / 2])[i % 2] : uintBitsToFloat(k[at[1] + i]);
}

float element_of_v(uint i) {
  return IS_F16 ? unpackHalf2x16(v[at[2] + i / 2])[i % 2] : uintBitsToFloat(v[at[2] + i]);
}

void main() {
  uint rows = step_rows_of(rows_max, rows_is_step);
  uint first_row = gl_WorkGroupID.x * ROWS;
  if (first_row >= rows) return;  // the whole workgroup
  uint thread = gl_LocalInvocationID.x;
  uint head = first_head + gl_WorkGroupID.y;
  uint kv_begin = gl_WorkGroupID.y / group_heads * head_stride;
  uint my_row = thread / LANES;
  uint lane = thread % LANES;

  for (uint i = thread; i < ROWS * HEAD_DIM; i += THREADS) {
    uint row = min(first_row + i / HEAD_DIM, rows - 1);
    queries[i] = q[at[0] + row * q_cols + head * HEAD_DIM + i % HEAD_DIM] * scale;
  }
  uint last_row = min(first_row + ROWS, rows) - 1;
  uint keys = IS_CAUSAL ? uint(step_position) + last_row + 1 : keys_max;
  uint seen = IS_CAUSAL ? uint(step_position) + min(first_row + my_row, rows - 1) + 1 : keys_max;
  uint begin = 0;
  uint end = keys;
  if (SPLITS > 1) {
    uint share = ((keys + SPLITS - 1) / SPLITS + KEYS - 1) / KEYS * KEYS;
    begin = min(gl_WorkGroupID.z * share, keys);
    end = min(begin + share, keys);
  }

  float largest = LOWEST;
  float weight_sum = 0.0;
  float sums[DIMS];
  for (uint d = 0; d < DIMS; ++d) sums[d] = 0.0;
  for (uint t0 = begin; t0 < end; t0 += KEYS) {
    barrier();
    for (uint i = thread; i < KEYS * HEAD_DIM; i += THREADS) {
      uint t = min(t0 + i / HEAD_DIM, keys - 1);
      tile[i / HEAD_DIM * TILE_STRIDE + i % HEAD_DIM] =
          element_of_k(kv_begin + t * row_stride + i % HEAD_DIM);
    }
    barrier();
    float scores[SCORES];
    for (uint s = 0; s < SCORES; ++s) {
      uint key = lane + s * LANES;
      scores[s] = LOWEST;
      if (key < KEYS && t0 + key < min(seen, end)) {
        float score = 0.0;
        for (uint d = 0; d < HEAD_DIM; ++d)
          score = fma(queries[my_row * HEAD_DIM + d], tile[key * TILE_STRIDE + d], score);
        if (IS_CAUSAL) score += mask[at[3] + t0 + key];
        scores[s] = max(score, LOWEST);
      }
      if (key < KEYS) weights[my_row * KEYS + key] = scores[s];
    }
    barrier();
    float larger = largest;
    for (uint key = 0; key < KEYS; ++key) larger = max(larger, weights[my_row * KEYS + key]);
    float shrink = exp(largest - larger);
    largest = larger;
    weight_sum *= shrink;
    for (uint d = 0; d < DIMS; ++d) sums[d] *= shrink;
    barrier();  // all have seen all scores
    for (uint s = 0; s < SCORES; ++s) {
      uint key = lane + s * LANES;
      if (key < KEYS)
        weights[my_row * KEYS + key] =
            t0 + key < min(seen, end) ? exp(scores[s] - largest) : 0.0;
    }
    for (uint i = thread; i < KEYS * HEAD_DIM; i += THREADS) {
      uint t = min(t0 + i / HEAD_DIM, keys - 1);
      tile[i / HEAD_DIM * TILE_STRIDE + i % HEAD_DIM] =
          element_of_v(kv_begin + t * row_stride + i % HEAD_DIM);
    }
    barrier();
    for (uint key = 0; key < KEYS; ++key) {
      float weight = weights[my_row * KEYS + key];
      weight_sum += weight;
      for (uint d = 0; d < DIMS; ++d)
        sums[d] = fma(weight, tile[key * TILE_STRIDE + min(lane + d * LANES, HEAD_DIM - 1)],
                      sums[d]);
    }
  }

  uint row = first_row + my_row;
  if (row >= rows) return;
  if (SPLITS > 1) {
    uint heads = q_cols / HEAD_DIM;
    uint to = at[5] + ((row * heads + head) * SPLITS + gl_WorkGroupID.z) * (HEAD_DIM + 2);
    for (uint d = 0; d < DIMS; ++d)
      if (lane + d * LANES < HEAD_DIM) parts[to + lane + d * LANES] = sums[d];
    if (lane == 0) {
      parts[to + HEAD_DIM] = largest;
      parts[to + HEAD_DIM + 1] = weight_sum;
    }
  } else {
    uint to = at[4] + row * q_cols + head * HEAD_DIM;
    for (uint d = 0; d < DIMS; ++d)
      if (lane + d * LANES < HEAD_DIM) out_values[to + lane + d * LANES] = sums[d] / weight_sum;
  }
}
