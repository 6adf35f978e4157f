// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of many rows with quantised weights. In a panel, columns are the lanes of all vectors
// (where the processor multiplies two rows by two columns, both are): their integer sums, scales
// and results are vertical, and no lane ever meets another.
#pragma once

#include "cpu/matmul/kernels/formats.inl"
#include "cpu/matmul/kernels/quantise_rows.inl"

namespace galago::cpu {
namespace {

constexpr int kSumRows = kLanes / kSumCols;
constexpr int kQuantPanelCols = kPanelVectors * kSumCols;
constexpr int kTileVectorRows = kQuantTileRows / kSumRows;
static_assert(kQuantTileRows % kSumRows == 0 && kTileVectorRows <= 6);
/// Quants of a row or column that lie side by side, multiplied by one instruction.
constexpr int kRun = 4 * kSumRows;
/// Columns of weights that are decoded before they are turned into a panel's order.
constexpr int kPanelStep = 256;

/// kQuantTileRows rows of x.
struct PreparedTile {
  std::int8_t* quants;       ///< [cols / kRun][rows][kRun]
  float* scales;             ///< [cols / 32][rows]
  std::int32_t* begin_sums;  ///< [cols / kGroup][rows]: kSumBias − zero · Σ x
  float* mins;               ///< [cols / kGroup][rows]: what a min is multiplied with
};

template <class Format>
inline PreparedTile prepared_tile(std::byte* memory, int cols) {
  PreparedTile tile;
  tile.quants = reinterpret_cast<std::int8_t*>(memory);
  tile.scales = reinterpret_cast<float*>(tile.quants + cols * kQuantTileRows);
  tile.begin_sums = reinterpret_cast<std::int32_t*>(tile.scales + cols / kUnit * kQuantTileRows);
  tile.mins = reinterpret_cast<float*>(tile.begin_sums + cols / Format::kGroup * kQuantTileRows);
  return tile;
}

template <class Format>
std::size_t quantised_tile_bytes(int cols) {
  const auto n = static_cast<std::size_t>(cols);
  const std::size_t groups = n / Format::kGroup;
  return kQuantTileRows * (n + n / kUnit * sizeof(float) + groups * sizeof(std::int32_t) +
                           (Format::kHasMins ? groups * sizeof(float) : 0));
}

template <class Format>
void prepare_quantised_tile(const float* x, std::ptrdiff_t stride, int rows, int cols,
                            std::byte* prepared) {
  constexpr int kUnitGroups = kUnit / Format::kGroup;
  const PreparedTile tile = prepared_tile<Format>(prepared, cols);
  for (int r = 0; r < kQuantTileRows; ++r) {
    for (int unit = 0; unit < cols / kUnit; ++unit) {
      std::int8_t quants[kUnit] = {};
      float scale = 0;
      if (r < rows) scale = quantise_unit(x + r * stride + unit * kUnit, quants);
      tile.scales[unit * kQuantTileRows + r] = scale;
      for (int i = 0; i < kUnit / kRun; ++i)
        __builtin_memcpy(tile.quants + ((unit * (kUnit / kRun) + i) * kQuantTileRows + r) * kRun,
                         quants + kRun * i, kRun);
      std::int32_t sums[kUnit / 4];
      sum_fours(quants, sums);
      for (int g = 0; g < kUnitGroups; ++g) {
        const std::int32_t sum = sum_of_group<Format::kGroup>(sums, g);
        const int at = (unit * kUnitGroups + g) * kQuantTileRows + r;
        tile.begin_sums[at] = kSumBias - Format::kZero * sum;
        if constexpr (Format::kHasMins)
          tile.mins[at] = Format::kMinSign * scale * static_cast<float>(sum);
      }
    }
  }
}

/// kQuantPanelCols rows of the matrix, as columns.
struct PreparedPanel {
  std::byte* quants;  ///< [cols / kRun][columns][kRun]
  float* scales;      ///< [cols / kGroup][columns]
  float* mins;        ///< [cols / kGroup][columns]
};

/// Quants are written in whole vectors of columns of weights.
inline int padded_cols(int cols) {
  constexpr int kMultiple = 4 * kLanes > kUnit ? 4 * kLanes : kUnit;
  return (cols + kMultiple - 1) / kMultiple * kMultiple;
}

template <class Format>
inline PreparedPanel prepared_panel(std::byte* memory, int cols) {
  PreparedPanel panel;
  panel.quants = memory;
  panel.scales = reinterpret_cast<float*>(memory + padded_cols(cols) * kQuantPanelCols);
  panel.mins = panel.scales + cols / Format::kGroup * kQuantPanelCols;
  return panel;
}

template <class Format>
std::size_t quantised_panel_bytes(int cols) {
  const auto groups = static_cast<std::size_t>(cols / Format::kGroup);
  return kQuantPanelCols * (static_cast<std::size_t>(padded_cols(cols)) +
                            (Format::kHasMins ? 2 : 1) * groups * sizeof(float));
}

/// One row of up to kPanelStep weights: quants, and scales and mins into column `n` of the panel.
template <class Format>
inline void decode_step(const std::byte* block, int cols, const PreparedPanel& panel, int first_col,
                        int n, std::byte* quants) {
  for (int k = 0; k < cols; k += Format::kBlock, block += Format::kBytes) {
    const GroupScales<Format> group(block);
    for (int g = 0; g < kGroups<Format>; ++g) {
      const int at = ((first_col + k) / Format::kGroup + g) * kQuantPanelCols + n;
      panel.scales[at] = group.scales[g];
      if constexpr (Format::kHasMins) panel.mins[at] = group.mins[g];
    }
    for_each_unit<Format>([&]<int kIndex>() {
      const Bytes w = Format::template quants<kIndex>(block);
      store_bytes(quants + k + kIndex * kUnit, Format::kSigned ? add_signed_bias(w) : w);
    });
  }
}

template <class Format>
void prepare_quantised_panel(const std::byte* weights, std::size_t weight_stride, int count,
                             int cols, std::byte* prepared) {
  const PreparedPanel panel = prepared_panel<Format>(prepared, cols);
  alignas(64) std::byte decoded[kQuantPanelCols][kPanelStep] = {};
  for (int first = 0; first < cols; first += kPanelStep) {
    const int width = cols - first < kPanelStep ? cols - first : kPanelStep;
    const std::size_t offset = static_cast<std::size_t>(first / Format::kBlock) * Format::kBytes;
    for (int n = 0; n < kQuantPanelCols; ++n) {
      const int row = n < count ? n : count - 1;  // absent: anything that exists
      decode_step<Format>(weights + static_cast<std::size_t>(row) * weight_stride + offset, width,
                          panel, first, n, decoded[n]);
    }
    // A run of quants is moved as one number: kSumCols of them by kSumCols columns.
    for (int k = 0; k < width; k += kRun * kSumCols)
      for (int n = 0; n < kQuantPanelCols; n += kSumCols) {
        F32 block[kSumCols];
        for (int i = 0; i < kSumCols; ++i)
          block[i] = load(reinterpret_cast<const float*>(decoded[n + i] + k));
        transpose(block);
        for (int i = 0; i < kSumCols; ++i)
          store(reinterpret_cast<float*>(
                    panel.quants + ((first + k) / kRun + i) * kRun * kQuantPanelCols + kRun * n),
                block[i]);
      }
  }
}

/// Adds the products of kRuns runs to `sums`; x [kRuns][rows][kRun], w [kRuns][columns][kRun].
template <bool kSigned, int kRuns>
inline void add_runs(const std::int8_t* x, const std::byte* w,
                     LaneInts (&sums)[kTileVectorRows][kPanelVectors]) {
  for (int run = 0; run < kRuns; ++run, x += kRun * kQuantTileRows, w += kRun * kQuantPanelCols) {
    Quads columns[kPanelVectors];
    for (int j = 0; j < kPanelVectors; ++j) columns[j] = load_quads(w + 4 * kLanes * j);
    const auto add_row = [&]<int kRow>() {
      if constexpr (kRow < kTileVectorRows)
        for (int j = 0; j < kPanelVectors; ++j)
          sums[kRow][j] = dot_quads<kRow, kSigned>(sums[kRow][j], columns[j], x);
    };
    add_row.template operator()<0>();
    add_row.template operator()<1>();
    add_row.template operator()<2>();
    add_row.template operator()<3>();
    add_row.template operator()<4>();
    add_row.template operator()<5>();
  }
}

template <class Format>
void multiply_quantised(const std::byte* tile_memory, const std::byte* panel_memory, int cols,
                        float* out) {
  constexpr int kGroup = Format::kGroup;
  const PreparedTile tile = prepared_tile<Format>(const_cast<std::byte*>(tile_memory), cols);
  const PreparedPanel panel = prepared_panel<Format>(const_cast<std::byte*>(panel_memory), cols);
  F32 results[kTileVectorRows][kPanelVectors];
  // Unrolled by command, as at the end of multiply_lines (plain.inl).
#pragma GCC unroll 8
  for (auto& row : results)
#pragma GCC unroll 8
    for (F32& result : row) result = broadcast(0);
  for (int g = 0; g < cols / kGroup; ++g) {
    LaneInts sums[kTileVectorRows][kPanelVectors];
    for (int r = 0; r < kTileVectorRows; ++r)
      for (int j = 0; j < kPanelVectors; ++j)
        sums[r][j] = ints_of_rows(tile.begin_sums + g * kQuantTileRows + r * kSumRows);
    add_runs<Format::kSigned, kGroup / kRun>(tile.quants + g * kGroup * kQuantTileRows,
                                             panel.quants + g * kGroup * kQuantPanelCols, sums);
    F32 scales[kPanelVectors];
    for (int j = 0; j < kPanelVectors; ++j)
      scales[j] = of_columns(panel.scales + g * kQuantPanelCols + j * kSumCols);
    for (int r = 0; r < kTileVectorRows; ++r) {
      const F32 x_scale = of_rows(tile.scales + g * kGroup / kUnit * kQuantTileRows + r * kSumRows);
      for (int j = 0; j < kPanelVectors; ++j)
        results[r][j] = fma(to_float(sums[r][j]), scales[j] * x_scale, results[r][j]);
    }
    if constexpr (Format::kHasMins) {
      F32 mins[kPanelVectors];
      for (int j = 0; j < kPanelVectors; ++j)
        mins[j] = of_columns(panel.mins + g * kQuantPanelCols + j * kSumCols);
      for (int r = 0; r < kTileVectorRows; ++r) {
        const F32 x_min = of_rows(tile.mins + g * kQuantTileRows + r * kSumRows);
        for (int j = 0; j < kPanelVectors; ++j) results[r][j] = fma(mins[j], x_min, results[r][j]);
      }
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kTileVectorRows; ++r)
#pragma GCC unroll 8
    for (int j = 0; j < kPanelVectors; ++j)
      store_sums(out + r * kSumRows * kQuantPanelCols + j * kSumCols, kQuantPanelCols,
                 results[r][j]);
}

}  // namespace
}  // namespace galago::cpu
