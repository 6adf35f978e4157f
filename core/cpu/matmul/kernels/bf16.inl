// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of many rows with weights of 16 bits, in bf16 with sums in f32: x and f16 weights are
// rounded to bf16 (7 bits of fraction), two neighbours in a row make a pair.
#pragma once

#include "cpu/matmul/kernels/plain.inl"

namespace galago::cpu {
namespace {

/// The pairs of columns k to k + 2 · kLanes of a row that ends at `cols`.
template <class Type>
inline F32 pairs_at(const typename Type::Element* row, int k, int cols) {
  const int left = cols - k;
  if (left >= 2 * kLanes) return to_pairs(Type::get(row + k), Type::get(row + k + kLanes));
  if (left >= kLanes)
    return to_pairs(Type::get(row + k), Type::get_partial(row + k + kLanes, left - kLanes));
  return to_pairs(Type::get_partial(row + k, left), broadcast(0));
}

inline std::size_t pairs_of(int cols) { return (static_cast<std::size_t>(cols) + 1) / 2; }

std::size_t bf16_tile_bytes(int cols) {
  return pairs_of(cols) * kProductRows * sizeof(float) + kTileSlack;
}

std::size_t bf16_panel_bytes(int cols) { return pairs_of(cols) * kPlainPanelCols * sizeof(float); }

/// A tile of x: [⌈cols / 2⌉][kProductRows] pairs.
void prepare_bf16_tile(const float* x, std::ptrdiff_t stride, int rows, int cols,
                       std::byte* prepared) {
  const auto get = [=](int r, int k) { return pairs_at<PlainF32>(x + r * stride, k, cols); };
  transpose_sources<2 * kLanes>(rows, kProductRows, cols, get, reinterpret_cast<float*>(prepared),
                                kProductRows);
}

/// A panel: [⌈cols / 2⌉][kPlainPanelCols] pairs.
template <class Type>
void prepare_bf16_panel(const std::byte* weights, std::size_t weight_stride, int count, int cols,
                        std::byte* prepared) {
  const auto get = [=](int n, int k) {
    return pairs_at<Type>(elements<Type>(weights + static_cast<std::size_t>(n) * weight_stride), k,
                          cols);
  };
  transpose_sources<2 * kLanes>(count, kPlainPanelCols, cols, get,
                                reinterpret_cast<float*>(prepared), kPlainPanelCols);
}

void multiply_bf16(const std::byte* tile, const std::byte* panel, int cols, float* out) {
  multiply_lines(tile, panel, pairs_of(cols), out,
                 [](F32 sum, F32 x, F32 w) { return dot_pairs(sum, x, w); });
}

template <class Type>
constexpr ProductKernels bf16_kernels() {
  ProductKernels kernels = plain_kernels<Type>();  // few rows wait for memory, not for arithmetic
  kernels.tile_bytes = bf16_tile_bytes;
  kernels.prepare_tile = prepare_bf16_tile;
  kernels.panel_bytes = bf16_panel_bytes;
  kernels.prepare_panel = prepare_bf16_panel<Type>;
  kernels.multiply = multiply_bf16;
  return kernels;
}

constexpr PlainProducts make_bf16_products() {
  return {plain_kernels<PlainF32>(), bf16_kernels<PlainF16>(), bf16_kernels<PlainBF16>(),
          finish_row};
}

}  // namespace
}  // namespace galago::cpu
