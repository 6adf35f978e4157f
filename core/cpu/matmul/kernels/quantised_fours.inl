// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// All products with quantised weights where vectors have four lanes, compiled for the instruction
// set whose simd, bytes, fours and panel headers came before this file. Few rows go another way
// than quantised_dot.inl's: the sums of four groups are brought into one vector before they are
// made numbers, so that the work on scales is a fourth.
#pragma once

#include "cpu/matmul/kernels/formats.inl"
#include "cpu/matmul/kernels/quantise_rows.inl"
#include "cpu/matmul/kernels/quantised_panels.inl"
#include "cpu/matmul/matmul_kernels.h"

namespace galago::cpu {
namespace {

/// Groups whose sums become one vector.
constexpr int kFour = 4;

/// A row of x, rounded to 8 bits, with groups of 0 up to a whole four.
struct PreparedRow {
  std::int32_t* begin_sums;  ///< [groups][4]: parts of −zero · Σ x; none if zero is 0
  std::int8_t* quants;       ///< [groups][kGroup]
  float* scales;             ///< [groups]
  float* mins;               ///< [groups]: what a min is multiplied with
};

template <class Format>
inline int padded_groups(int cols) {
  return (cols / Format::kGroup + kFour - 1) / kFour * kFour;
}

template <class Format>
inline PreparedRow prepared_row(std::byte* memory, int cols) {
  const int groups = padded_groups<Format>(cols);
  PreparedRow row;
  row.begin_sums = reinterpret_cast<std::int32_t*>(memory);
  row.quants =
      reinterpret_cast<std::int8_t*>(row.begin_sums + (Format::kZero != 0 ? groups * kFour : 0));
  row.scales = reinterpret_cast<float*>(row.quants + groups * Format::kGroup);
  row.mins = row.scales + groups;
  return row;
}

template <class Format>
std::size_t quantised_row_bytes(int cols) {
  const auto groups = static_cast<std::size_t>(padded_groups<Format>(cols));
  return groups * ((Format::kZero != 0 ? kFour * sizeof(std::int32_t) : 0) + Format::kGroup +
                   (Format::kHasMins ? 2 : 1) * sizeof(float));
}

template <class Format>
void prepare_quantised_row(const float* x, int cols, std::byte* prepared) {
  constexpr int kUnitGroups = kUnit / Format::kGroup;
  const PreparedRow row = prepared_row<Format>(prepared, cols);
  __builtin_memset(prepared, 0, quantised_row_bytes<Format>(cols));
  for (int unit = 0; unit < cols / kUnit; ++unit) {
    std::int8_t* quants = row.quants + unit * kUnit;
    const float scale = quantise_unit(x + unit * kUnit, quants);
    std::int32_t sums[kUnit / 4];
    sum_fours(quants, sums);
    for (int g = 0; g < kUnitGroups; ++g) {
      const int group = unit * kUnitGroups + g;
      std::int32_t sum = 0;
      for (int i = 0; i < kUnit / 4 / kUnitGroups; ++i)
        sum += sums[g * (kUnit / 4 / kUnitGroups) + i];
      row.scales[group] = scale;
      if constexpr (Format::kZero != 0) row.begin_sums[group * kFour] = -Format::kZero * sum;
      if constexpr (Format::kHasMins)
        row.mins[group] = Format::kMinSign * scale * static_cast<float>(sum);
    }
  }
}

/// Weights are read this far ahead of their use: processors' own prefetching ends with each page.
constexpr std::ptrdiff_t kPrefetchBytes = 4096;
constexpr std::ptrdiff_t kCacheLine = 64;

template <std::ptrdiff_t kBytes>
inline void prefetch(const std::byte* weights) {
  for (std::ptrdiff_t at = 0; at < kBytes; at += kCacheLine)
    __builtin_prefetch(weights + kPrefetchBytes + at);
}

template <class Format>
inline Parts begin_parts(const PreparedRow& x, int group) {
  if constexpr (Format::kZero == 0) {
    return zero_parts();
  } else {
    return load_parts(x.begin_sums + group * kFour);
  }
}

/// Units of a four.
template <class Format>
constexpr int kFourUnits = kFour* Format::kGroup / kUnit;

/// Adds the products of four groups, of which `group` is the first, to sums[row].
template <class Format, int kRows>
inline void add_four(const Bytes (&w)[kFourUnits<Format>], F32 scales, F32 mins, int group,
                     const PreparedRow (&x)[kRows], F32 (&sums)[kRows]) {
  for (int r = 0; r < kRows; ++r) {
    Parts parts[kFour];
    for (int g = 0; g < kFour; ++g) parts[g] = begin_parts<Format>(x[r], group + g);
    for (int u = 0; u < kFourUnits<Format>; ++u) {
      const Bytes quants = load_bytes(x[r].quants + group * Format::kGroup + u * kUnit);
      constexpr int kUnitGroups = kUnit / Format::kGroup;
      Parts& low = parts[u * kUnitGroups];
      Parts& high = parts[u * kUnitGroups + kUnitGroups - 1];  // the same if a unit is a group
      low = add_low(low, w[u], quants);
      high = add_high(high, w[u], quants);
    }
    sums[r] = fma(four_sums(parts), scales * load(x[r].scales + group), sums[r]);
    if constexpr (Format::kHasMins) sums[r] = fma(mins, load(x[r].mins + group), sums[r]);
  }
}

/// The next four small blocks. Where there are fewer, the first stands for those that are absent:
/// x is 0 there.
template <class Format, bool kWhole, int kRows>
inline void add_small_blocks(const std::byte* first, int unit, int count,
                             const PreparedRow (&x)[kRows], F32 (&sums)[kRows]) {
  const std::byte* blocks[kFour];
  Bytes w[kFour];
  for (int u = 0; u < kFour; ++u) {
    blocks[u] = kWhole || u < count ? first + u * Format::kBytes : first;
    w[u] = Format::template quants<0>(blocks[u]);
  }
  const F32 scales = four_f16(blocks[0], blocks[1], blocks[2], blocks[3]);
  F32 mins = broadcast(0);
  if constexpr (Format::kHasMins)
    mins = four_f16(blocks[0] + 2, blocks[1] + 2, blocks[2] + 2, blocks[3] + 2);
  add_four<Format, kRows>(w, scales, mins, unit, x, sums);
}

template <class Format, int kRows>
inline void add_super_block(const std::byte* block, int index, const PreparedRow (&x)[kRows],
                            F32 (&sums)[kRows]) {
  constexpr int kBlockGroups = Format::kBlock / Format::kGroup;
  constexpr int kUnits = kFourUnits<Format>;
  float scales[kBlockGroups];
  float mins[kBlockGroups] = {};
  Format::scales(block, scales, mins);
  const auto add = [&]<int kIndex>() {
    constexpr int kFirst = kIndex * kUnits;
    Bytes w[kUnits];
    w[0] = Format::template quants<kFirst>(block);
    w[1] = Format::template quants<kFirst + 1>(block);
    if constexpr (kUnits == 4) {
      w[2] = Format::template quants<kFirst + 2>(block);
      w[3] = Format::template quants<kFirst + 3>(block);
    }
    add_four<Format, kRows>(w, load(scales + kIndex * kFour), load(mins + kIndex * kFour),
                            index * kBlockGroups + kIndex * kFour, x, sums);
  };
  add.template operator()<0>();
  add.template operator()<1>();
  if constexpr (kUnits == 2) {
    add.template operator()<2>();
    add.template operator()<3>();
  }
}

/// Sums of kRows rows of x with one row of weights.
template <class Format, int kRows>
inline void quantised_dot_row(const DotArgs& args, int first, int n) {
  constexpr auto kBytes = static_cast<std::ptrdiff_t>(Format::kBytes);
  PreparedRow x[kRows];
  for (int r = 0; r < kRows; ++r)
    x[r] = prepared_row<Format>(
        const_cast<std::byte*>(args.x) + static_cast<std::size_t>(first + r) * args.x_stride,
        args.cols);
  const std::byte* block = args.weights + static_cast<std::size_t>(n) * args.weight_stride;
  const int blocks = args.cols / Format::kBlock;
  F32 sums[kRows];
  for (F32& sum : sums) sum = broadcast(0);
  if constexpr (Format::kBlock == kUnit) {
    int b = 0;
    for (; b + kFour <= blocks; b += kFour, block += kFour * kBytes) {
      prefetch<kFour * kBytes>(block);
      add_small_blocks<Format, true, kRows>(block, b, kFour, x, sums);
    }
    if (b < blocks) add_small_blocks<Format, false, kRows>(block, b, blocks - b, x, sums);
  } else {
    for (int b = 0; b < blocks; ++b, block += kBytes) {
      prefetch<kBytes>(block);
      add_super_block<Format, kRows>(block, b, x, sums);
    }
  }
  for (int r = 0; r < kRows; ++r)
    args.sums[(first + r) * args.sum_stride + n] = reduce_add(sums[r]);
}

}  // namespace
}  // namespace galago::cpu

#include "cpu/matmul/kernels/quantised_products.inl"
