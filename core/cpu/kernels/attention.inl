// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Attention of many queries: for the vision tower and for prompts.
//
// Queries are the lanes of all vectors: scores lie as [key][query], weighted sums as
// [dimension][query]. Largest score, exponentials and sums of the softmax are then vertical, no
// lane ever meets another, and both products are the same register tile: a broadcast number of K
// or V times a vector of queries or weights. Keys come in tiles that stay in the cache, the softmax
// is rescaled from tile to tile: Milakov & Gimelshein 2018 (arXiv 1805.02867), algorithm 3; Dao et
// al. 2022 (FlashAttention), algorithm 1.
#pragma once

#include "cpu/kernels/elementwise.inl"

namespace galago::cpu {
namespace {

constexpr int kQueryBlock = kTileVectors * kLanes;
constexpr int kKeyTile = 96;  // K and V tiles of 128 dimensions: 96 kB of the second-level cache
constexpr float kMinusInfinity = -__builtin_inff();

/// Where the parts of the scratch memory begin. A block is kQueryBlock queries.
struct AttentionScratch {
  float* queries;  ///< [block][head_dim][kQueryBlock], scaled by 1/√head_dim
  float* outputs;  ///< the same shape: sums weighted by e^(score - largest)
  float* largest;  ///< [block][kQueryBlock]
  float* sums;     ///< [block][kQueryBlock]
  float* keys;     ///< [kKeyTile][head_dim]
  float* values;   ///< [kKeyTile][head_dim]
  float* scores;   ///< [kKeyTile][kQueryBlock]
};

inline int block_count(int rows) { return (rows + kQueryBlock - 1) / kQueryBlock; }

std::size_t attention_scratch_floats(int rows, int head_dim) {
  const auto queries = static_cast<std::size_t>(block_count(rows)) * kQueryBlock;
  const auto dim = static_cast<std::size_t>(head_dim);
  return 2 * queries * dim + 2 * queries + 2 * kKeyTile * dim + kKeyTile * kQueryBlock;
}

inline AttentionScratch divide_scratch(float* scratch, int rows, int head_dim) {
  const std::ptrdiff_t queries = static_cast<std::ptrdiff_t>(block_count(rows)) * kQueryBlock;
  AttentionScratch parts;
  parts.queries = scratch;
  parts.outputs = parts.queries + queries * head_dim;
  parts.largest = parts.outputs + queries * head_dim;
  parts.sums = parts.largest + queries;
  parts.scores = parts.sums + queries;
  parts.keys = parts.scores + kKeyTile * kQueryBlock;
  parts.values = parts.keys + static_cast<std::ptrdiff_t>(kKeyTile) * head_dim;
  return parts;
}

/// A register tile: Σ_t a[r·a_row + t·a_step] · b[t][q] for kRows rows and kVectors vectors of q;
/// emit(row, vector, sum) takes the results.
template <int kRows, int kVectors, class Emit>
inline void multiply_tile(const float* a, std::ptrdiff_t a_row, std::ptrdiff_t a_step,
                          const float* b, int depth, Emit emit) {
  F32 sums[kRows][kVectors];
  for (int r = 0; r < kRows; ++r)
    for (int j = 0; j < kVectors; ++j) sums[r][j] = broadcast(0);
  for (int t = 0; t < depth; ++t, a += a_step, b += kQueryBlock) {
    F32 columns[kVectors];
    for (int j = 0; j < kVectors; ++j) columns[j] = load(b + j * kLanes);
    for (int r = 0; r < kRows; ++r) {
      const F32 factor = broadcast(a[r * a_row]);
      for (int j = 0; j < kVectors; ++j) sums[r][j] = fma(factor, columns[j], sums[r][j]);
    }
  }
  for (int r = 0; r < kRows; ++r)
    for (int j = 0; j < kVectors; ++j) emit(r, j, sums[r][j]);
}

/// The last rows, fewer than a tile's.
template <int kRows, int kVectors, class Emit>
inline void multiply_rest(int rows, const float* a, std::ptrdiff_t a_row, std::ptrdiff_t a_step,
                          const float* b, int depth, Emit emit) {
  if constexpr (kRows > 0) {
    if (rows == kRows) return multiply_tile<kRows, kVectors>(a, a_row, a_step, b, depth, emit);
    multiply_rest<kRows - 1, kVectors>(rows, a, a_row, a_step, b, depth, emit);
  }
}

/// Any number of rows.
template <int kVectors, class Emit>
inline void multiply(int rows, const float* a, std::ptrdiff_t a_row, std::ptrdiff_t a_step,
                     const float* b, int depth, Emit emit) {
  int first = 0;
  const auto emit_here = [&](int r, int j, F32 sum) { emit(first + r, j, sum); };
  for (; first + kTileRows <= rows; first += kTileRows)
    multiply_tile<kTileRows, kVectors>(a + first * a_row, a_row, a_step, b, depth, emit_here);
  multiply_rest<kTileRows - 1, kVectors>(rows - first, a + first * a_row, a_row, a_step, b, depth,
                                         emit_here);
}

/// [rows, head_dim] → blocks of [head_dim][kQueryBlock], times `scale`; absent queries are 0.
inline void pack_queries(const AttentionArgs& args, float scale, float* packed) {
  for (int block = 0; block < block_count(args.rows); ++block) {
    const float* from = args.q + block * kQueryBlock * args.q_stride;
    const int rest = args.rows - block * kQueryBlock;
    const int count = rest < kQueryBlock ? rest : kQueryBlock;
    for (int i = 0; i < args.head_dim; ++i, packed += kQueryBlock) {
      for (int r = 0; r < count; ++r) packed[r] = from[r * args.q_stride + i] * scale;
      for (int r = count; r < kQueryBlock; ++r) packed[r] = 0;
    }
  }
}

/// One row of keys or values as f32.
inline void unpack_row(KvType type, const void* rows, std::ptrdiff_t offset, int head_dim,
                       float* out) {
  const auto count = static_cast<std::size_t>(head_dim);
  std::size_t i = 0;
  if (type == KvType::kF32) {
    const float* from = static_cast<const float*>(rows) + offset;
    for_each_vector(count,
                    [=](std::size_t at, auto get, auto put) { put(out + at, get(from + at)); });
    return;
  }
  const std::uint16_t* from = static_cast<const std::uint16_t*>(rows) + offset;
  for (; i + kLanes <= count; i += kLanes) store(out + i, load_f16(from + i));
  if (const int rest = static_cast<int>(count - i); rest > 0)
    store_partial(out + i, rest, load_f16_partial(from + i, rest));
}

/// What one block of queries and one tile of keys have to do with each other.
struct BlockTile {
  int keys;           ///< that any query of the block sees
  const float* mask;  ///< of the tile's first key; may be null
  bool has_diagonal;  ///< some of these queries do not see some of these keys
  int visible;        ///< keys of this tile that the block's first query sees; may be negative
};

/// Scores of one vector of queries → weights e^(score - largest), in place. Updates `largest` and
/// `sum` and returns the factor for what was summed up before.
inline F32 softmax_tile(const BlockTile& tile, int first_lane, float* scores, float* largest,
                        float* sum) {
  float visible_keys[kLanes];
  for (int i = 0; i < kLanes; ++i)
    visible_keys[i] = static_cast<float>(tile.visible + first_lane + i);
  const F32 visible = load(visible_keys);
  const F32 before = load(largest);
  F32 top = before;
  for (int t = 0; t < tile.keys; ++t) {
    F32 score = load(scores + t * kQueryBlock);
    if (tile.mask != nullptr) score = score + broadcast(tile.mask[t]);
    if (tile.has_diagonal)
      score =
          select_less(broadcast(static_cast<float>(t)), visible, score, broadcast(kMinusInfinity));
    store(scores + t * kQueryBlock, score);
    top = max(top, score);
  }
  F32 total = broadcast(0);
  for (int t = 0; t < tile.keys; ++t) {
    const F32 weight = exp(load(scores + t * kQueryBlock) - top);
    store(scores + t * kQueryBlock, weight);
    total = total + weight;
  }
  const F32 factor = exp(before - top);
  store(largest, top);
  store(sum, fma(load(sum), factor, total));
  return factor;
}

template <int kVectors>
inline void attend(const BlockTile& tile, int head_dim, const AttentionScratch& s, int block) {
  const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(block) * kQueryBlock;
  multiply<kVectors>(
      tile.keys, s.keys, head_dim, 1, s.queries + first * head_dim, head_dim,
      [&](int t, int j, F32 score) { store(s.scores + t * kQueryBlock + j * kLanes, score); });
  F32 factors[kVectors];
  for (int j = 0; j < kVectors; ++j)
    factors[j] = softmax_tile(tile, j * kLanes, s.scores + j * kLanes,
                              s.largest + first + j * kLanes, s.sums + first + j * kLanes);
  float* outputs = s.outputs + first * head_dim;
  multiply<kVectors>(head_dim, s.values, 1, head_dim, s.scores, tile.keys,
                     [&](int i, int j, F32 sum) {
                       float* at = outputs + i * kQueryBlock + j * kLanes;
                       store(at, fma(load(at), factors[j], sum));
                     });
}

/// Chooses how many vectors the block's queries take: only the last block has fewer than all.
template <int kVectors>
inline void attend_some(int vectors, const BlockTile& tile, int head_dim,
                        const AttentionScratch& scratch, int block) {
  if constexpr (kVectors > 0) {
    if (vectors == kVectors) return attend<kVectors>(tile, head_dim, scratch, block);
    attend_some<kVectors - 1>(vectors, tile, head_dim, scratch, block);
  }
}

/// All blocks that see a tile which starts at key `first_key`.
inline void attend_blocks(const AttentionArgs& args, int first_key, int tile_keys,
                          const AttentionScratch& scratch) {
  for (int block = 0; block < block_count(args.rows); ++block) {
    const int first_row = block * kQueryBlock;
    const int rest = args.rows - first_row;
    const int queries = rest < kQueryBlock ? rest : kQueryBlock;
    const int visible_first = args.first_keys + first_row * args.keys_per_row - first_key;
    const int visible_last = visible_first + (queries - 1) * args.keys_per_row;
    if (visible_last <= 0) continue;
    BlockTile tile{};
    tile.keys = visible_last < tile_keys ? visible_last : tile_keys;
    tile.mask = args.mask != nullptr ? args.mask + first_key : nullptr;
    tile.has_diagonal = visible_first < tile.keys;
    tile.visible = visible_first;
    attend_some<kTileVectors>((queries + kLanes - 1) / kLanes, tile, args.head_dim, scratch, block);
  }
}

/// Weighted sums → means, back to [rows, head_dim].
inline void unpack_outputs(const AttentionArgs& args, const AttentionScratch& scratch) {
  for (int r = 0; r < args.rows; ++r) {
    const float share = 1 / scratch.sums[r];
    const std::ptrdiff_t block = r / kQueryBlock;
    const float* from = scratch.outputs + block * kQueryBlock * args.head_dim + r % kQueryBlock;
    float* to = args.out + r * args.out_stride;
    for (int i = 0; i < args.head_dim; ++i) to[i] = from[i * kQueryBlock] * share;
  }
}

void attention(const AttentionArgs& args, float* scratch_memory) {
  const AttentionScratch scratch = divide_scratch(scratch_memory, args.rows, args.head_dim);
  const int queries = block_count(args.rows) * kQueryBlock;
  pack_queries(args, 1 / __builtin_sqrtf(static_cast<float>(args.head_dim)), scratch.queries);
  for (int i = 0; i < queries * args.head_dim; ++i) scratch.outputs[i] = 0;
  for (int i = 0; i < queries; ++i) scratch.largest[i] = kMinusInfinity;
  for (int i = 0; i < queries; ++i) scratch.sums[i] = 0;
  const int total = args.first_keys + (args.rows - 1) * args.keys_per_row;
  for (int first = 0; first < total; first += kKeyTile) {
    const int count = total - first < kKeyTile ? total - first : kKeyTile;
    for (int t = 0; t < count; ++t) {
      const std::ptrdiff_t offset = (first + t) * args.kv_stride;
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(t) * args.head_dim;
      unpack_row(args.kv_type, args.k, offset, args.head_dim, scratch.keys + at);
      unpack_row(args.kv_type, args.v, offset, args.head_dim, scratch.values + at);
    }
    attend_blocks(args, first, count, scratch);
  }
  unpack_outputs(args, scratch);
}

}  // namespace
}  // namespace galago::cpu
