// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Attention of many rows in f32: a block takes 32 queries of one head through the keys, 32 at a
// time, and keeps running sums (Dao et al. 2022): scores never leave the chip. Eight threads share
// a query.
#pragma once

#include "cuda/kernels/attention_split.inl"

namespace galago::cuda {

/// How many keys of a block of queries the last one sees, and each.
GALAGO_DEVICE int visible_keys(const AttentionTiles& call, int row) {
  return call.keys > 0 ? call.keys : call.step->position + row + 1;
}

GALAGO_DEVICE float load_kv(const KeyValues& kv, const void* data, std::int64_t i) {
  return kv.is_half ? f16_to_float(static_cast<const std::uint16_t*>(data)[i])
                    : static_cast<const float*>(data)[i];
}

struct AttentionTilesKernel {
  static constexpr int kThreads = 256;
  static constexpr int kQueries = 32;
  static constexpr int kKeys = 32;
  static constexpr int kShare = kThreads / kQueries;  ///< threads of a query
  static constexpr int kElements = kLargestHead / kShare;
  AttentionTiles call;

  GALAGO_DEVICE void operator()(Block& b) const {
    GALAGO_SHARED float queries[kQueries][kLargestHead + 1];
    GALAGO_SHARED float tile[kKeys][kLargestHead + 1];  // keys, then values
    GALAGO_SHARED float weights[kQueries][kKeys + 1];
    const int rows = active_rows(call.rows, call.step);
    const int first_row = b.x() * kQueries;
    const int head = b.y();
    if (first_row >= rows) return;
    const int q = b.thread() / kShare;
    const int part = b.thread() % kShare;
    const int q_cols = call.n_heads * call.head_dim;
    for (int i = b.thread(); i < kQueries * call.head_dim; i += kThreads) {
      const int row = smaller(first_row + i / call.head_dim, rows - 1);
      queries[i / call.head_dim][i % call.head_dim] =
          call.q[at(row, q_cols, head * call.head_dim + i % call.head_dim)];
    }
    const int last_row = smaller(first_row + kQueries, rows) - 1;
    const int keys = visible_keys(call, last_row);
    const int seen = visible_keys(call, smaller(first_row + q, rows - 1));
    const float scale = 1 / sqrtf(static_cast<float>(call.head_dim));
    float sums[kElements] = {};
    float largest = -INFINITY;
    float weight = 0;
    for (int first = 0; first < keys; first += kKeys) {
      load_tile(b, call.kv.k, head, first, keys, tile);
      b.sync();
      float scores[kKeys / kShare];
      float tile_largest = largest;
      for (int n = 0; n < kKeys / kShare; ++n) {
        const int k = part + n * kShare;
        float dot = 0;
        for (int e = 0; e < call.head_dim; ++e) dot += queries[q][e] * tile[k][e];
        scores[n] = -INFINITY;
        if (first + k < seen)
          scores[n] = dot * scale + (call.mask != nullptr ? call.mask[first + k] : 0.0F);
        tile_largest = fmaxf(tile_largest, scores[n]);
      }
      for (int mask = kShare / 2; mask > 0; mask /= 2)
        tile_largest = fmaxf(tile_largest, b.shuffle_xor(tile_largest, mask));
      // A query that has seen nothing yet has nothing to shrink.
      const float shrink = largest > -INFINITY ? expf(largest - tile_largest) : 0.0F;
      weight *= shrink;
      for (int n = 0; n < kKeys / kShare; ++n) {
        const float w = scores[n] == -INFINITY ? 0.0F : expf(scores[n] - tile_largest);
        weights[q][part + n * kShare] = w;
        weight += w;
      }
      largest = tile_largest;
      b.sync();
      load_tile(b, call.kv.v, head, first, keys, tile);
      b.sync();
      GALAGO_UNROLL
      for (int i = 0; i < kElements; ++i) {
        const int e = part + i * kShare;
        if (e >= call.head_dim) break;
        float sum = sums[i] * shrink;
        for (int k = 0; k < kKeys; ++k) sum += weights[q][k] * tile[k][e];
        sums[i] = sum;
      }
      b.sync();
    }
    // Each of a query's threads has weighed its own keys; all had the same largest score.
    for (int mask = kShare / 2; mask > 0; mask /= 2) weight += b.shuffle_xor(weight, mask);
    if (first_row + q >= rows) return;
    GALAGO_UNROLL
    for (int i = 0; i < kElements; ++i) {
      const int e = part + i * kShare;
      if (e < call.head_dim)
        call.out[at(first_row + q, q_cols, head * call.head_dim + e)] = sums[i] / weight;
    }
  }

 private:
  GALAGO_DEVICE void load_tile(Block& b, const void* data, int head, int first, int keys,
                               float (&tile)[kKeys][kLargestHead + 1]) const {
    const std::int64_t base = head / call.group * call.kv.head_stride;
    for (int i = b.thread(); i < kKeys * call.head_dim; i += kThreads) {
      const int k = i / call.head_dim;
      const int e = i % call.head_dim;
      tile[k][e] = first + k < keys
                       ? load_kv(call.kv, data, base + at(first + k, call.kv.row_stride, e))
                       : 0.0F;
    }
  }
};

template <class Launcher>
void launch(Launcher& launcher, const AttentionTiles& call) {
  launcher(AttentionTilesKernel{call},
           Blocks{divide_up(call.rows.max, AttentionTilesKernel::kQueries), call.n_heads, 1});
}

}  // namespace galago::cuda
