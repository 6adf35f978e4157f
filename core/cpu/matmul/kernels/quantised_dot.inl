// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of few rows with quantised weights: each block is decoded into registers and multiplied
// with all rows of x at once.
#pragma once

#include "cpu/matmul/kernels/formats.inl"
#include "cpu/matmul/kernels/quantise_rows.inl"
#include "cpu/matmul/matmul_kernels.h"

namespace galago::cpu {
namespace {

/// A row of x, rounded to 8 bits.
///   Σ scale_w·(q − zero)·scale_x·x = scale_w·scale_x·(Σ q·x − zero·Σ x): the last term is where an
///   integer sum begins.
struct PreparedRow {
  std::int8_t* quants;       ///< [cols]
  std::int32_t* begin_sums;  ///< [cols / 4]: −zero · Σ of four
  float* scales;             ///< [cols / 32]
  float* mins;               ///< [cols / kGroup]: what a min is multiplied with
};

/// `cols` and as many zeros as complete a multiple of kMultiple.
template <int kMultiple>
constexpr int completed(int cols) {
  return (cols + kMultiple - 1) / kMultiple * kMultiple;
}

template <class Format, int kMultiple = kUnit>
inline PreparedRow prepared_row(std::byte* memory, int cols) {
  const int all = completed<kMultiple>(cols);
  PreparedRow row;
  row.begin_sums = reinterpret_cast<std::int32_t*>(memory);
  row.quants = reinterpret_cast<std::int8_t*>(row.begin_sums + all / 4);
  row.scales = reinterpret_cast<float*>(row.quants + all);
  row.mins = row.scales + all / kUnit;
  return row;
}

template <class Format, int kMultiple = kUnit>
std::size_t quantised_row_bytes(int cols) {
  const auto n = static_cast<std::size_t>(completed<kMultiple>(cols));
  return n / 4 * sizeof(std::int32_t) + n + n / kUnit * sizeof(float) +
         (Format::kHasMins ? n / Format::kGroup * sizeof(float) : 0);
}

/// A min of a small block is in kMinLanes lanes, one of a super-block in one.
template <class Format, int kMultiple = kUnit, int kMinLanes = 8>
void prepare_quantised_row(const float* x, int cols, std::byte* prepared) {
  const PreparedRow row = prepared_row<Format, kMultiple>(prepared, cols);
  for (int unit = 0; unit < cols / kUnit; ++unit) {
    std::int8_t* quants = row.quants + unit * kUnit;
    const float scale = quantise_unit(x + unit * kUnit, quants);
    row.scales[unit] = scale;
    std::int32_t sums[kUnit / 4];
    sum_fours(quants, sums);
    for (int i = 0; i < kUnit / 4; ++i)
      row.begin_sums[unit * kUnit / 4 + i] = -Format::kZero * sums[i];
    if constexpr (Format::kHasMins) {
      constexpr int kUnitGroups = kUnit / Format::kGroup;
      constexpr float kFactor = Format::kMinSign / (Format::kBlock == kUnit ? kMinLanes : 1);
      for (int g = 0; g < kUnitGroups; ++g)
        row.mins[unit * kUnitGroups + g] =
            kFactor * scale * static_cast<float>(sum_of_group<Format::kGroup>(sums, g));
    }
  }
  for (int unit = cols / kUnit; unit < completed<kMultiple>(cols) / kUnit; ++unit) {
    __builtin_memset(row.quants + unit * kUnit, 0, kUnit);
    __builtin_memset(row.begin_sums + unit * (kUnit / 4), 0, kUnit / 4 * sizeof(std::int32_t));
    row.scales[unit] = 0;
    if constexpr (Format::kHasMins && Format::kGroup == kUnit) row.mins[unit] = 0;
  }
}

template <class Format>
inline Floats unit_product(const PreparedRow& x, int unit, Bytes w) {
  const Ints begin = load_ints(x.begin_sums + unit * (kUnit / 4));
  const Bytes quants = load_bytes(x.quants + unit * kUnit);
  return to_floats(Format::kSigned ? dot_signed(begin, w, quants) : dot(begin, w, quants));
}

/// Weights are read this far ahead of their use: processors' own prefetching ends with each page.
constexpr std::ptrdiff_t kPrefetchBytes = 4096;
constexpr std::ptrdiff_t kCacheLine = 64;

/// Adds the product of one small block to sums[row].
template <class Format, int kRows>
inline void add_small_block(const std::byte* block, int unit, const PreparedRow (&x)[kRows],
                            Floats (&sums)[kRows]) {
  const Bytes w = Format::template quants<0>(block);
  const Floats scale = floats_f16(block);
  for (int r = 0; r < kRows; ++r) {
    sums[r] = fma(unit_product<Format>(x[r], unit, w), scale * floats(x[r].scales[unit]), sums[r]);
    if constexpr (Format::kHasMins)
      sums[r] = fma(floats_f16(block + 2), floats(x[r].mins[unit]), sums[r]);
  }
}

/// The same for a super-block; even and odd units have sums of their own, so that no addition waits
/// for the one before.
template <class Format, int kRows>
inline void add_super_block(const std::byte* block, int index, const PreparedRow (&x)[kRows],
                            Floats (&even)[kRows], Floats (&odd)[kRows]) {
  const GroupScales<Format> group(block);
  float products[kRows][8];  // of both scales, where a unit has one
  for (int r = 0; r < kRows; ++r) {
    if constexpr (Format::kGroup == kUnit)
      store_floats(products[r], load_floats(group.scales) * load_floats(x[r].scales + 8 * index));
    if constexpr (Format::kHasMins) {
      even[r] =
          fma(load_floats(group.mins), load_floats(x[r].mins + kGroups<Format> * index), even[r]);
      if constexpr (kGroups<Format> == 16)
        odd[r] = fma(load_floats(group.mins + 8),
                     load_floats(x[r].mins + kGroups<Format> * index + 8), odd[r]);
    }
  }
  for_each_unit<Format>([&]<int kIndex>() {
    const Bytes w = Format::template quants<kIndex>(block);
    for (int r = 0; r < kRows; ++r) {
      const int unit = 8 * index + kIndex;
      Floats& sum = kIndex % 2 == 0 ? even[r] : odd[r];
      const Floats scale =
          Format::kGroup == kUnit
              ? floats(products[r][kIndex])
              : two_floats(group.scales + 2 * kIndex % kGroups<Format>) * floats(x[r].scales[unit]);
      sum = fma(unit_product<Format>(x[r], unit, w), scale, sum);
    }
  });
}

/// Sums of kRows rows of x with one row of weights.
template <class Format, int kRows>
inline void quantised_dot_row(const DotArgs& args, int first, int n) {
  constexpr std::ptrdiff_t kBytes = Format::kBytes;
  PreparedRow x[kRows];
  for (int r = 0; r < kRows; ++r)
    x[r] = prepared_row<Format>(
        const_cast<std::byte*>(args.x) + static_cast<std::size_t>(first + r) * args.x_stride,
        args.cols);
  const std::byte* block = args.weights + static_cast<std::size_t>(n) * args.weight_stride;
  const int blocks = args.cols / Format::kBlock;
  Floats even[kRows];
  Floats odd[kRows];
  for (int r = 0; r < kRows; ++r) even[r] = odd[r] = floats(0);
  if constexpr (Format::kBlock == kUnit) {
    int b = 0;
    for (; b + 2 <= blocks; b += 2, block += 2 * kBytes) {
      __builtin_prefetch(block + kPrefetchBytes);
      add_small_block<Format, kRows>(block, b, x, even);
      add_small_block<Format, kRows>(block + kBytes, b + 1, x, odd);
    }
    if (b < blocks) add_small_block<Format, kRows>(block, b, x, even);
  } else {
    for (int b = 0; b < blocks; ++b, block += kBytes) {
      for (std::ptrdiff_t at = 0; at < kBytes; at += kCacheLine)
        __builtin_prefetch(block + kPrefetchBytes + at);
      add_super_block<Format, kRows>(block, b, x, even, odd);
    }
  }
  for (int r = 0; r < kRows; ++r)
    args.sums[(first + r) * args.sum_stride + n] = reduce_add(even[r] + odd[r]);
}

}  // namespace
}  // namespace galago::cpu
