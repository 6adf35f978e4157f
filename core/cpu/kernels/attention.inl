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
//
// What a lane holds of a factor, a number or a pair of them, is a type's business: FloatFactors
// here, PairFactors in attention_bf16.inl. A "line" is one of them for each lane.
#pragma once

#include "cpu/kernels/elementwise.inl"
#include "cpu/kernels/transposed.inl"

namespace galago::cpu {
namespace {

constexpr int kQueryBlock = kTileVectors * kLanes;
constexpr int kKeyTile = 96;  // K and V tiles of 128 dimensions: 96 kB of the second-level cache
constexpr float kMinusInfinity = -__builtin_inff();

/// Where the parts of the scratch memory begin. A block is kQueryBlock queries.
struct AttentionScratch {
  float* queries;  ///< [block][lines of head_dim][kQueryBlock], scaled by 1/√head_dim
  float* outputs;  ///< [block][head_dim][kQueryBlock]: sums weighted by e^(score - largest)
  float* largest;  ///< [block][kQueryBlock]
  float* sums;     ///< [block][kQueryBlock]
  float* keys;     ///< [kKeyTile][lines of head_dim]
  float* values;   ///< [lines of kKeyTile][head_dim]
  float* scores;   ///< [kKeyTile][kQueryBlock]; then weights, [lines of kKeyTile][kQueryBlock]
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

/// A register tile: Σ_t a[r·a_row + t·a_step] · b[t][q] for kRows rows, kVectors vectors of q and
/// `depth` lines t; emit(row, vector, sum) takes the results.
template <class Factors, int kRows, int kVectors, class Emit>
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
      for (int j = 0; j < kVectors; ++j) sums[r][j] = Factors::add(sums[r][j], factor, columns[j]);
    }
  }
  for (int r = 0; r < kRows; ++r)
    for (int j = 0; j < kVectors; ++j) emit(r, j, sums[r][j]);
}

/// The last rows, fewer than a tile's.
template <class Factors, int kRows, int kVectors, class Emit>
inline void multiply_rest(int rows, const float* a, std::ptrdiff_t a_row, std::ptrdiff_t a_step,
                          const float* b, int depth, Emit emit) {
  if constexpr (kRows > 0) {
    if (rows == kRows)
      return multiply_tile<Factors, kRows, kVectors>(a, a_row, a_step, b, depth, emit);
    multiply_rest<Factors, kRows - 1, kVectors>(rows, a, a_row, a_step, b, depth, emit);
  }
}

/// Any number of rows.
template <class Factors, int kVectors, class Emit>
inline void multiply(int rows, const float* a, std::ptrdiff_t a_row, std::ptrdiff_t a_step,
                     const float* b, int depth, Emit emit) {
  int first = 0;
  const auto emit_here = [&](int r, int j, F32 sum) { emit(first + r, j, sum); };
  for (; first + kTileRows <= rows; first += kTileRows)
    multiply_tile<Factors, kTileRows, kVectors>(a + first * a_row, a_row, a_step, b, depth,
                                                emit_here);
  multiply_rest<Factors, kTileRows - 1, kVectors>(rows - first, a + first * a_row, a_row, a_step, b,
                                                  depth, emit_here);
}

/// Numbers k to k + kLanes of a row that ends at `count`; those after it are 0.
inline F32 row_at(const float* row, int k, int count) {
  return count - k >= kLanes ? load(row + k) : load_partial(row + k, count - k);
}

inline F32 row_at(const std::uint16_t* row, int k, int count) {
  return count - k >= kLanes ? load_f16(row + k) : load_f16_partial(row + k, count - k);
}

/// body(row) with row `t` of keys or values, whatever its type.
template <class Body>
inline void with_row(const AttentionArgs& args, const void* rows, int t, Body body) {
  const std::ptrdiff_t offset = t * args.kv_stride;
  if (args.kv_type == KvType::kF32) {
    body(static_cast<const float*>(rows) + offset);
  } else {
    body(static_cast<const std::uint16_t*>(rows) + offset);
  }
}

/// [rows, head_dim] → blocks of [lines][kQueryBlock], a line of kStep / kLanes numbers of each
/// query; get(row, k) makes kStep of a row's numbers. Absent queries are 0.
template <int kStep, class Get>
inline void pack_queries(const AttentionArgs& args, Get get, float* packed) {
  const std::ptrdiff_t lines = (args.head_dim * kLanes + kStep - 1) / kStep;
  for (int first = 0; first < args.rows; first += kQueryBlock) {
    const int rest = args.rows - first;
    transpose_sources<kStep>(
        rest < kQueryBlock ? rest : kQueryBlock, kQueryBlock, args.head_dim,
        [&](int r, int k) { return get(args.q + (first + r) * args.q_stride, k); },
        packed + first * lines, kQueryBlock);
  }
}

/// A number in each lane, multiplied in f32.
struct FloatFactors {
  static int lines(int count) { return count; }

  static F32 add(F32 sum, F32 a, F32 b) { return fma(a, b, sum); }

  static void pack(const AttentionArgs& args, float scale, float* packed) {
    const F32 factor = broadcast(scale);
    const auto get = [&](const float* row, int k) {
      return row_at(row, k, args.head_dim) * factor;
    };
    pack_queries<kLanes>(args, get, packed);
  }

  /// `count` keys from `first` on.
  static void unpack_keys(const AttentionArgs& args, int first, int count, float* out) {
    unpack(args, args.k, first, count, out);
  }

  static void unpack_values(const AttentionArgs& args, int first, int count, float* out) {
    unpack(args, args.v, first, count, out);
  }

  /// Scores of one vector of queries → weights e^(score - top), in place; returns their sum.
  static F32 weigh(float* scores, int keys, F32 top) {
    F32 total = broadcast(0);
    for (int t = 0; t < keys; ++t) {
      const F32 weight = exp(load(scores + t * kQueryBlock) - top);
      store(scores + t * kQueryBlock, weight);
      total = total + weight;
    }
    return total;
  }

 private:
  static void unpack(const AttentionArgs& args, const void* rows, int first, int count,
                     float* out) {
    for (int t = 0; t < count; ++t, out += args.head_dim)
      with_row(args, rows, first + t, [&](const auto* row) {
        int i = 0;
        for (; i + kLanes <= args.head_dim; i += kLanes)
          store(out + i, row_at(row, i, args.head_dim));
        if (const int rest = args.head_dim - i; rest > 0)
          store_partial(out + i, rest, row_at(row, i, args.head_dim));
      });
  }
};

/// What one block of queries and one tile of keys have to do with each other.
struct BlockTile {
  int keys;           ///< that any query of the block sees
  const float* mask;  ///< of the tile's first key; may be null
  bool has_diagonal;  ///< some of these queries do not see some of these keys
  int visible;        ///< keys of this tile that the block's first query sees; may be negative
};

/// Scores of one vector of queries → weights, in place. Updates `largest` and `sum` and returns the
/// factor for what was summed up before.
template <class Factors>
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
  const F32 total = Factors::weigh(scores, tile.keys, top);
  const F32 factor = exp(before - top);
  store(largest, top);
  store(sum, fma(load(sum), factor, total));
  return factor;
}

template <class Factors, int kVectors>
inline void attend(const BlockTile& tile, int head_dim, const AttentionScratch& s, int block) {
  const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(block) * kQueryBlock;
  const int lines = Factors::lines(head_dim);
  multiply<Factors, kVectors>(
      tile.keys, s.keys, lines, 1, s.queries + first * lines, lines,
      [&](int t, int j, F32 score) { store(s.scores + t * kQueryBlock + j * kLanes, score); });
  F32 factors[kVectors];
  for (int j = 0; j < kVectors; ++j)
    factors[j] = softmax_tile<Factors>(tile, j * kLanes, s.scores + j * kLanes,
                                       s.largest + first + j * kLanes, s.sums + first + j * kLanes);
  float* outputs = s.outputs + first * head_dim;
  multiply<Factors, kVectors>(head_dim, s.values, 1, head_dim, s.scores, Factors::lines(tile.keys),
                              [&](int i, int j, F32 sum) {
                                float* at = outputs + i * kQueryBlock + j * kLanes;
                                store(at, fma(load(at), factors[j], sum));
                              });
}

/// Chooses how many vectors the block's queries take: only the last block has fewer than all.
template <class Factors, int kVectors>
inline void attend_some(int vectors, const BlockTile& tile, int head_dim,
                        const AttentionScratch& scratch, int block) {
  if constexpr (kVectors > 0) {
    if (vectors == kVectors) return attend<Factors, kVectors>(tile, head_dim, scratch, block);
    attend_some<Factors, kVectors - 1>(vectors, tile, head_dim, scratch, block);
  }
}

/// All blocks that see a tile which starts at key `first_key`.
template <class Factors>
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
    attend_some<Factors, kTileVectors>((queries + kLanes - 1) / kLanes, tile, args.head_dim,
                                       scratch, block);
  }
}

/// Weighted sums → means, back to [rows, head_dim].
inline void unpack_outputs(const AttentionArgs& args, const AttentionScratch& scratch) {
  for (int first = 0; first < args.rows; first += kLanes) {
    const F32 shares = broadcast(1) / load(scratch.sums + first);
    const std::ptrdiff_t block = first / kQueryBlock;
    const float* from = scratch.outputs + block * kQueryBlock * args.head_dim + first % kQueryBlock;
    const int rows = args.rows - first < kLanes ? args.rows - first : kLanes;
    for (int i = 0; i < args.head_dim; i += kLanes) {
      const int width = args.head_dim - i < kLanes ? args.head_dim - i : kLanes;
      F32 means[kLanes];
      for (int j = 0; j < kLanes; ++j)
        means[j] = j < width ? load(from + (i + j) * kQueryBlock) * shares : broadcast(0);
      transpose(means);
      for (int r = 0; r < rows; ++r) {
        float* to = args.out + (first + r) * args.out_stride + i;
        if (width == kLanes) {
          store(to, means[r]);
        } else {
          store_partial(to, width, means[r]);
        }
      }
    }
  }
}

template <class Factors>
void attention(const AttentionArgs& args, float* scratch_memory) {
  const AttentionScratch scratch = divide_scratch(scratch_memory, args.rows, args.head_dim);
  const int queries = block_count(args.rows) * kQueryBlock;
  Factors::pack(args, 1 / __builtin_sqrtf(static_cast<float>(args.head_dim)), scratch.queries);
  for (int i = 0; i < queries * args.head_dim; ++i) scratch.outputs[i] = 0;
  for (int i = 0; i < queries; ++i) scratch.largest[i] = kMinusInfinity;
  for (int i = 0; i < queries; ++i) scratch.sums[i] = 0;
  const int total = args.first_keys + (args.rows - 1) * args.keys_per_row;
  for (int first = 0; first < total; first += kKeyTile) {
    const int count = total - first < kKeyTile ? total - first : kKeyTile;
    Factors::unpack_keys(args, first, count, scratch.keys);
    Factors::unpack_values(args, first, count, scratch.values);
    attend_blocks<Factors>(args, first, count, scratch);
  }
  unpack_outputs(args, scratch);
}

}  // namespace
}  // namespace galago::cpu
