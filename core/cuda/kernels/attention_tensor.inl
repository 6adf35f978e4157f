// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Attention of many rows on the tensor cores: queries, keys, values and weights rounded to f16,
// sums in f32. A block takes 64 queries of one head through the keys twice: first for the largest
// score and the weights' sum of each query, then for the values. So sums of values never have to be
// rescaled, which tiles of unknown layout would not let us do in registers.
#pragma once

#include "cuda/kernels/attention_tiles.inl"

namespace galago::cuda {

/// kHead: elements of a head, padded to a multiple of 16 with zeros.
template <int kHead>
struct AttentionTensorKernel {
  static constexpr int kThreads = 128;
  static constexpr int kWarps = kThreads / kWarp;
  static constexpr int kQueries = 64;  ///< 16 a warp
  static constexpr int kKeys = 32;
  static constexpr int kStride = kHead + 8;
  static constexpr int kScoreStride = kKeys + 4;
  static constexpr int kWeightStride = kKeys + 8;
  AttentionTiles call;

  GALAGO_DEVICE void operator()(Block& b) const {
    alignas(32) GALAGO_SHARED std::uint16_t queries[kQueries * kStride];
    alignas(32) GALAGO_SHARED std::uint16_t k_tile[kKeys * kStride];
    alignas(32) GALAGO_SHARED std::uint16_t v_tile[kKeys * kStride];
    alignas(32) GALAGO_SHARED float scores[kWarps][16 * kScoreStride];
    const int rows = active_rows(call.rows, call.step);
    const int first_row = b.x() * kQueries;
    const int head = b.y();
    if (first_row >= rows) return;
    const int warp = b.thread() / kWarp;
    const int lane = b.thread() % kWarp;
    load_queries(b, first_row, rows, head, queries);
    const int keys = visible_keys(call, smaller(first_row + kQueries, rows) - 1);
    // Two lanes share a query of their warp, each has half of a tile's keys.
    const int row = first_row + 16 * warp + lane / 2;
    const int seen = visible_keys(call, smaller(row, rows - 1));
    const float* own_scores = scores[warp] + lane / 2 * kScoreStride + lane % 2 * (kKeys / 2);
    const int own_first = lane % 2 * (kKeys / 2);

    float largest = -INFINITY;
    float weight = 0;
    for (int first = 0; first < keys; first += kKeys) {
      load_tile(b, call.kv.k, head, first, keys, k_tile);
      b.sync();
      compute_scores(b, queries + 16 * warp * kStride, k_tile, scores[warp]);
      b.sync_warp();
      float tile_largest = largest;
      for (int i = 0; i < kKeys / 2; ++i)
        tile_largest = fmaxf(tile_largest, score(own_scores[i], first + own_first + i, seen));
      float sum = weight > 0 ? weight * expf(largest - tile_largest) : 0.0F;
      for (int i = 0; i < kKeys / 2; ++i)
        sum += weight_of(score(own_scores[i], first + own_first + i, seen), tile_largest);
      weight = sum;
      largest = tile_largest;
      b.sync();
    }
    const float all_largest = fmaxf(largest, b.shuffle_xor(largest, 1));
    weight = weight > 0 ? weight * expf(largest - all_largest) : 0.0F;
    weight += b.shuffle_xor(weight, 1);

    TileC sums[kHead / 16];
    GALAGO_UNROLL
    for (int n = 0; n < kHead / 16; ++n) clear(sums[n]);
    for (int first = 0; first < keys; first += kKeys) {
      load_tile(b, call.kv.k, head, first, keys, k_tile);
      load_tile(b, call.kv.v, head, first, keys, v_tile);
      b.sync();
      compute_scores(b, queries + 16 * warp * kStride, k_tile, scores[warp]);
      b.sync_warp();
      std::uint16_t weights[kKeys / 2];
      GALAGO_UNROLL
      for (int i = 0; i < kKeys / 2; ++i)
        weights[i] = float_to_f16(
            weight_of(score(own_scores[i], first + own_first + i, seen), all_largest) / weight);
      b.sync_warp();
      // The weights take the place of the scores, which all lanes have read.
      auto* weight_tile = reinterpret_cast<std::uint16_t*>(scores[warp]);
      GALAGO_UNROLL
      for (int i = 0; i < kKeys / 2; ++i)
        weight_tile[lane / 2 * kWeightStride + own_first + i] = weights[i];
      b.sync_warp();
      GALAGO_UNROLL
      for (int k = 0; k < kKeys; k += 16) {
        TileA<F16> left;
        load(b, left, weight_tile + k, kWeightStride);
        GALAGO_UNROLL
        for (int n = 0; n < kHead / 16; ++n) {
          TileB<F16> right;
          load(b, right, v_tile + k * kStride + 16 * n, kStride);
          multiply(b, sums[n], left, right);
        }
      }
      b.sync();
    }
    GALAGO_UNROLL
    for (int n = 0; n < kHead / 16; ++n) {
      store(b, scores[warp], sums[n], kScoreStride);
      b.sync_warp();
      for (int i = lane; i < 256; i += kWarp) {
        const int r = first_row + 16 * warp + i / 16;
        const int e = 16 * n + i % 16;
        if (r < rows && e < call.head_dim)
          call.out[at(r, call.n_heads * call.head_dim, head * call.head_dim + e)] =
              scores[warp][i / 16 * kScoreStride + i % 16];
      }
      b.sync_warp();
    }
  }

 private:
  GALAGO_DEVICE float score(float product, int key, int seen) const {
    if (key >= seen) return -INFINITY;
    return product + (call.mask != nullptr ? call.mask[key] : 0.0F);
  }

  GALAGO_DEVICE static float weight_of(float score, float largest) {
    return score == -INFINITY ? 0.0F : expf(score - largest);
  }

  /// Queries carry the scale of the scores, so that f16 holds them whatever the head's width.
  GALAGO_DEVICE void load_queries(Block& b, int first_row, int rows, int head,
                                  std::uint16_t* queries) const {
    const float scale = 1 / sqrtf(static_cast<float>(call.head_dim));
    for (int i = b.thread(); i < kQueries * kHead; i += kThreads) {
      const int row = first_row + i / kHead;
      const int e = i % kHead;
      float value = 0;
      if (row < rows && e < call.head_dim)
        value = call.q[at(row, call.n_heads * call.head_dim, head * call.head_dim + e)] * scale;
      queries[i / kHead * kStride + e] = float_to_f16(clamped(value, -kLargestHalf, kLargestHalf));
    }
  }

  GALAGO_DEVICE void load_tile(Block& b, const void* data, int head, int first, int keys,
                               std::uint16_t* tile) const {
    const std::int64_t base = head / call.group * call.kv.head_stride;
    for (int i = b.thread(); i < kKeys * kHead; i += kThreads) {
      const int k = i / kHead;
      const int e = i % kHead;
      std::uint16_t value = 0;
      if (first + k < keys && e < call.head_dim) {
        const std::int64_t from = base + at(first + k, call.kv.row_stride, e);
        value = call.kv.is_half ? static_cast<const std::uint16_t*>(data)[from]
                                : float_to_f16(clamped(static_cast<const float*>(data)[from],
                                                       -kLargestHalf, kLargestHalf));
      }
      tile[k * kStride + e] = value;
    }
  }

  /// 16 queries by 32 keys.
  GALAGO_DEVICE static void compute_scores(Block& b, const std::uint16_t* queries,
                                           const std::uint16_t* keys, float* scores) {
    TileC sums[kKeys / 16];
    GALAGO_UNROLL
    for (int n = 0; n < kKeys / 16; ++n) clear(sums[n]);
    GALAGO_UNROLL
    for (int e = 0; e < kHead; e += 16) {
      TileA<F16> left;
      load(b, left, queries + e, kStride);
      GALAGO_UNROLL
      for (int n = 0; n < kKeys / 16; ++n) {
        TileBT<F16> right;
        load(b, right, keys + 16 * n * kStride + e, kStride);
        multiply(b, sums[n], left, right);
      }
    }
    GALAGO_UNROLL
    for (int n = 0; n < kKeys / 16; ++n) store(b, scores + 16 * n, sums[n], kScoreStride);
  }
};

template <class Launcher>
void launch(Launcher& launcher, const AttentionTensor& call) {
  const auto start = [&](auto kernel) {
    launcher(kernel, Blocks{divide_up(call.tiles.rows.max, decltype(kernel)::kQueries),
                            call.tiles.n_heads, 1});
  };
  if (call.tiles.head_dim <= 64)
    start(AttentionTensorKernel<64>{call.tiles});
  else
    start(AttentionTensorKernel<kLargestHead>{call.tiles});
}

}  // namespace galago::cuda
