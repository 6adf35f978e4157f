// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of few rows with quantised weights where a vector holds two units: as
// quantised_dot.inl, with half the instructions. The scales of sixteen small blocks are made
// numbers at a time. Several rows of weights are read at a time as well: one stream after the
// other reaches two thirds of the bandwidth that four together do.
#pragma once

#include "cpu/matmul/kernels/quantised_dot.inl"

namespace galago::cpu {
namespace {

/// Weights of several streams are read this far ahead.
constexpr int kStreamPrefetchBytes = 2048;

/// What is multiplied in one go: sixteen small blocks, or a super-block.
template <class Format>
constexpr int kChunkUnits = Format::kBlock == kUnit ? 16 : 8;

template <class Format>
constexpr int kChunkCols = kChunkUnits<Format>* kUnit;

template <class Format>
constexpr int kChunkBlocks = kChunkCols<Format> / Format::kBlock;

/// The block of a chunk's unit.
template <class Format, int kIndex>
inline const std::byte* block_of(const std::byte* chunk) {
  return Format::kBlock == kUnit ? chunk + kIndex * Format::kBytes : chunk;
}

/// Two units of a chunk.
template <class Format, int kPair>
inline Quads quant_pair(const std::byte* chunk) {
  constexpr int kEven = 2 * kPair;
  constexpr int kOdd = kEven + 1;
  const std::byte* even = block_of<Format, kEven>(chunk);
  const std::byte* odd = block_of<Format, kOdd>(chunk);
  if constexpr (Format::kNibblesAt == 0) {
    return join(Format::template quants<kEven>(even), Format::template quants<kOdd>(odd));
  } else if constexpr (Format::kBlock == kUnit) {
    const Quads nibbles = load_nibbles(even + Format::kNibblesAt, odd + Format::kNibblesAt);
    if constexpr (Format::kBitsAt == 0) return nibbles;
    return add_fifth_bits(nibbles, even + Format::kBitsAt, odd + Format::kBitsAt);
  } else {
    const Quads nibbles = split_nibbles(chunk + Format::kNibblesAt + kUnit * kPair);
    if constexpr (Format::kBitsAt == 0) return nibbles;
    return add_fifth_bits<kEven>(nibbles, chunk + Format::kBitsAt);
  }
}

/// The scales and mins of a chunk, a group's in a lane.
template <class Format>
inline void chunk_scales(const std::byte* chunk, F32& scales, F32& mins) {
  if constexpr (Format::kBlock == kUnit) {
    scales = load_f16_apart<Format::kBytes>(chunk);
    if constexpr (Format::kHasMins) mins = load_f16_apart<Format::kBytes>(chunk + 2);
  } else {
    const GroupScales<Format> groups(chunk);
    scales = load_some<kGroups<Format>>(groups.scales);
    if constexpr (Format::kHasMins) mins = load_some<kGroups<Format>>(groups.mins);
  }
}

/// body.operator()<kIndex>() for 0 ≤ kIndex < kCount.
template <int kCount, class Body>
[[gnu::always_inline]] inline void repeat(Body body) {
  if constexpr (kCount > 0) {
    repeat<kCount - 1>(body);
    body.template operator()<kCount - 1>();
  }
}

/// Adds the products of one chunk with kRows rows of x, whose units begin at `unit`. Inlined, as
/// its sums and all constants should stay in registers.
template <class Format, int kRows>
[[gnu::always_inline]] inline void add_chunk(const std::byte* chunk, int unit,
                                             const PreparedRow (&x)[kRows], F32 (&sums)[kRows]) {
  constexpr int kUnits = kChunkUnits<Format>;
  constexpr int kChunkGroups = kChunkCols<Format> / Format::kGroup;
  constexpr int kPairGroups = 2 * kChunkGroups / kUnits;
  F32 scales;
  F32 mins;
  chunk_scales<Format>(chunk, scales, mins);
  F32 products[kRows];  // of both scales
  for (int r = 0; r < kRows; ++r) {
    const F32 x_scales = load_some<kUnits>(x[r].scales + unit);
    products[r] = scales * (kChunkGroups > kUnits ? spread<0, 2>(x_scales) : x_scales);
    if constexpr (Format::kHasMins)
      sums[r] =
          fma(mins, load_some<kChunkGroups>(x[r].mins + unit * kChunkGroups / kUnits), sums[r]);
  }
  repeat<kUnits / 2>([&]<int kPair>() __attribute__((always_inline)) {
    const Quads w = quant_pair<Format, kPair>(chunk);
    const int at = unit + 2 * kPair;
    for (int r = 0; r < kRows; ++r) {
      const LaneInts integers = dot_wide<Format::kSigned>(x[r].begin_sums + at * (kUnit / 4), w,
                                                          x[r].quants + at * kUnit);
      sums[r] = fma(to_float(integers),
                    spread<kPairGroups * kPair, kLanes / kPairGroups>(products[r]), sums[r]);
    }
  });
}

/// Sums of kRows rows of x with kStreams rows of weights: n, n + apart, … or the last one.
template <class Format, int kRows, int kStreams>
inline void wide_dot_rows(const DotArgs& args, int first, int n, int apart) {
  constexpr int kBytes = kChunkBlocks<Format> * static_cast<int>(Format::kBytes);
  PreparedRow x[kRows];
  for (int r = 0; r < kRows; ++r)
    x[r] = prepared_row<Format, kChunkCols<Format>>(
        const_cast<std::byte*>(args.x) + static_cast<std::size_t>(first + r) * args.x_stride,
        args.cols);
  const auto row = [=, last = args.count - 1](int s) {
    return n + s * apart < last ? n + s * apart : last;
  };
  const std::byte* chunk[kStreams];
  F32 sums[kStreams][kRows];
  for (int s = 0; s < kStreams; ++s) {
    chunk[s] = args.weights + static_cast<std::size_t>(row(s)) * args.weight_stride;
    for (int r = 0; r < kRows; ++r) sums[s][r] = broadcast(0);
  }
  const int units = args.cols / kUnit;
  std::byte completed_chunk[kChunkCols<Format> > Format::kBlock ? kStreams : 1][kBytes];
  for (int unit = 0; unit < units; unit += kChunkUnits<Format>) {
    if constexpr (kChunkCols < Format >> Format::kBlock) {
      const int left = (units - unit) * static_cast<int>(Format::kBytes);
      for (int s = 0; left < kBytes && s < kStreams; ++s) {  // blocks of zeros complete the last
        __builtin_memset(completed_chunk[s], 0, kBytes);
        for (int i = 0; i < left; ++i) completed_chunk[s][i] = chunk[s][i];
        chunk[s] = completed_chunk[s];
      }
    }
    repeat<kStreams>([&]<int kStream>() __attribute__((always_inline)) {
      for (int at = 0; at < kBytes; at += static_cast<int>(kCacheLine))
        __builtin_prefetch(chunk[kStream] + kStreamPrefetchBytes + at);
      add_chunk<Format, kRows>(chunk[kStream], unit, x, sums[kStream]);
      chunk[kStream] += kBytes;
    });
  }
  for (int s = 0; s < kStreams; ++s)
    for (int r = 0; r < kRows; ++r)
      args.sums[(first + r) * args.sum_stride + row(s)] = reduce_add(sums[s][r]);
}

/// kRows rows of x, from `first` on, with all rows of weights.
template <class Format, int kRows>
inline void wide_dot_all(const DotArgs& args, int first) {
  // With several rows of x the arithmetic takes longer than the memory, and has sums enough.
  constexpr int kStreams = 4 / kRows;
  const int part = args.count / kStreams;
  for (int n = 0; n < part; ++n) wide_dot_rows<Format, kRows, kStreams>(args, first, n, part);
  if (const int n = part * kStreams; n < args.count)
    wide_dot_rows<Format, kRows, kStreams>(args, first, n, 1);
}

template <class Format>
void wide_dot(const DotArgs& args) {
  int r = 0;
  for (; r + 4 <= args.rows; r += 4) wide_dot_all<Format, 4>(args, r);
  for (; r + 2 <= args.rows; r += 2) wide_dot_all<Format, 2>(args, r);
  for (; r < args.rows; ++r) wide_dot_all<Format, 1>(args, r);
}

/// `kernels` with these for few rows.
template <class Format>
constexpr ProductKernels with_wide_dot(ProductKernels kernels) {
  kernels.row_bytes = quantised_row_bytes<Format, kChunkCols<Format>>;
  kernels.prepare_row = prepare_quantised_row<Format, kChunkCols<Format>, 1>;
  kernels.dot = wide_dot<Format>;
  return kernels;
}

}  // namespace
}  // namespace galago::cpu
