// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of many rows with weights of 16 bits where the processor multiplies two rows of bf16 by
// two columns, with sums in f32: rounded as in bf16.inl, but a line is kLanes values of each row.
#pragma once

#include "cpu/matmul/kernels/plain.inl"

namespace galago::cpu {
namespace {

constexpr int kSquareRows = kProductRows / kSquareSide;
constexpr int kSquareCols = kPlainPanelCols / kSquareSide;
static_assert(kProductRows % kSquareSide == 0 && kPlainPanelCols % kSquareSide == 0);

inline std::size_t square_lines(int cols) {
  return (static_cast<std::size_t>(cols) + kLanes - 1) / kLanes;
}

/// Of a line of `width` rows of x, or columns of a panel, in floats: a bf16 is half of one.
constexpr std::ptrdiff_t line_floats(int width) { return width * kLanes / 2; }

std::size_t square_tile_bytes(int cols) {
  return square_lines(cols) * line_floats(kProductRows) * sizeof(float);
}

std::size_t square_panel_bytes(int cols) {
  return square_lines(cols) * line_floats(kPlainPanelCols) * sizeof(float);
}

/// Lines [⌈cols / kLanes⌉][width][kLanes] of bf16, of rows `stride` bytes apart; those from `count`
/// on are absent, and 0.
template <class Type>
inline void prepare_lines(const std::byte* rows, std::ptrdiff_t stride, int count, int width,
                          int cols, float* out) {
  const auto get = [=](int n, int k) {
    return n < count ? values_at<Type>(elements<Type>(rows + n * stride), k, cols) : broadcast(0);
  };
  for (int n = 0; n < width; n += kSquareSide, out += kLanes) {
    float* line = out;
    for (int k = 0; k < cols; k += kLanes, line += line_floats(width))
      store(line, to_pairs(get(n, k), get(n + 1, k)));
  }
}

void prepare_square_tile(const float* x, std::ptrdiff_t stride, int rows, int cols,
                         std::byte* prepared) {
  prepare_lines<PlainF32>(reinterpret_cast<const std::byte*>(x),
                          stride * static_cast<std::ptrdiff_t>(sizeof(float)), rows, kProductRows,
                          cols, reinterpret_cast<float*>(prepared));
}

template <class Type>
void prepare_square_panel(const std::byte* weights, std::size_t weight_stride, int count, int cols,
                          std::byte* prepared) {
  prepare_lines<Type>(weights, static_cast<std::ptrdiff_t>(weight_stride), count, kPlainPanelCols,
                      cols, reinterpret_cast<float*>(prepared));
}

void multiply_square_lines(const std::byte* tile, const std::byte* panel, int cols, float* out) {
  const auto* x = reinterpret_cast<const float*>(tile);
  const auto* w = reinterpret_cast<const float*>(panel);
  F32 sums[kSquareRows][kSquareCols];
  for (auto& row : sums)
    for (F32& sum : row) sum = broadcast(0);
  for (std::size_t lines = square_lines(cols); lines > 0; --lines) {
    F32 rows[kSquareRows];
    for (int r = 0; r < kSquareRows; ++r) rows[r] = load(x + r * kLanes);
    for (int j = 0; j < kSquareCols; ++j) {
      const F32 columns = load(w + j * kLanes);
      for (int r = 0; r < kSquareRows; ++r)
        sums[r][j] = multiply_squares(sums[r][j], rows[r], columns);
    }
    x += line_floats(kProductRows);
    w += line_floats(kPlainPanelCols);
  }
  for (int r = 0; r < kSquareRows; ++r)
    for (int j = 0; j < kSquareCols; ++j)
      store_square(out + kSquareSide * (r * kPlainPanelCols + j), kPlainPanelCols, sums[r][j]);
}

template <class Type>
constexpr ProductKernels square_kernels() {
  ProductKernels kernels = plain_kernels<Type>();  // few rows wait for memory, not for arithmetic
  kernels.tile_bytes = square_tile_bytes;
  kernels.prepare_tile = prepare_square_tile;
  kernels.panel_bytes = square_panel_bytes;
  kernels.prepare_panel = prepare_square_panel<Type>;
  kernels.multiply = multiply_square_lines;
  return kernels;
}

constexpr PlainProducts make_square_products() {
  return {plain_kernels<PlainF32>(), square_kernels<PlainF16>(), square_kernels<PlainBF16>(),
          finish_row};
}

}  // namespace
}  // namespace galago::cpu
