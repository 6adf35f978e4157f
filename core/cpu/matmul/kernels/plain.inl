// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products with weights of plain types (f32, f16, bf16), in f32.
#pragma once

#include "cpu/kernels/transposed.inl"
#include "cpu/kernels/vectors.inl"
#include "cpu/matmul/matmul_kernels.h"
#include "cpu/simd/math.inl"

namespace galago::cpu {
namespace {

struct PlainF32 {
  using Element = float;

  static F32 get(const float* p) { return load(p); }

  static F32 get_partial(const float* p, int n) { return load_partial(p, n); }
};

struct PlainF16 {
  using Element = std::uint16_t;

  static F32 get(const std::uint16_t* p) { return load_f16(p); }

  static F32 get_partial(const std::uint16_t* p, int n) { return load_f16_partial(p, n); }
};

struct PlainBF16 {
  using Element = std::uint16_t;

  static F32 get(const std::uint16_t* p) { return load_bf16(p); }

  static F32 get_partial(const std::uint16_t* p, int n) { return load_bf16_partial(p, n); }
};

template <class Type>
inline const typename Type::Element* elements(const std::byte* bytes) {
  return reinterpret_cast<const typename Type::Element*>(bytes);
}

// --- Few rows ----------------------------------------------------------------------------------

std::size_t plain_row_bytes(int cols) { return static_cast<std::size_t>(cols) * sizeof(float); }

void prepare_plain_row(const float* x, int cols, std::byte* prepared) {
  __builtin_memcpy(prepared, x, plain_row_bytes(cols));
}

/// Sums of kRows rows of x with one row of weights.
template <class Type, int kRows>
inline void plain_dot_row(const DotArgs& args, int first, int n) {
  constexpr int kChains = 4 / kRows < 2 ? 2 : 4 / kRows;  // enough to hide an addition's latency
  const auto* w = elements<Type>(args.weights + static_cast<std::size_t>(n) * args.weight_stride);
  const float* x[kRows];
  for (int r = 0; r < kRows; ++r)
    x[r] = reinterpret_cast<const float*>(args.x +
                                          static_cast<std::size_t>(first + r) * args.x_stride);
  F32 sums[kRows][kChains];
  for (auto& row : sums)
    for (F32& sum : row) sum = broadcast(0);
  int k = 0;
  for (; k + kChains * kLanes <= args.cols; k += kChains * kLanes)
    for (int j = 0; j < kChains; ++j) {
      const F32 weights = Type::get(w + k + j * kLanes);
      for (int r = 0; r < kRows; ++r)
        sums[r][j] = fma(weights, load(x[r] + k + j * kLanes), sums[r][j]);
    }
  for (; k + kLanes <= args.cols; k += kLanes)
    for (int r = 0; r < kRows; ++r) sums[r][0] = fma(Type::get(w + k), load(x[r] + k), sums[r][0]);
  if (const int rest = args.cols - k; rest > 0)
    for (int r = 0; r < kRows; ++r)
      sums[r][1] = fma(Type::get_partial(w + k, rest), load_partial(x[r] + k, rest), sums[r][1]);
  for (int r = 0; r < kRows; ++r) {
    F32 sum = sums[r][0];
    for (int j = 1; j < kChains; ++j) sum = sum + sums[r][j];
    args.sums[(first + r) * args.sum_stride + n] = reduce_add(sum);
  }
}

template <class Type>
void plain_dot(const DotArgs& args) {
  for (int n = 0; n < args.count; ++n) {
    int r = 0;
    for (; r + 4 <= args.rows; r += 4) plain_dot_row<Type, 4>(args, r, n);
    for (; r + 2 <= args.rows; r += 2) plain_dot_row<Type, 2>(args, r, n);
    for (; r < args.rows; ++r) plain_dot_row<Type, 1>(args, r, n);
  }
}

// --- Many rows ---------------------------------------------------------------------------------

constexpr int kPlainPanelCols = kProductVectors * kLanes;
/// What transpose_sources may write past a tile.
constexpr std::size_t kTileSlack = kLanes * sizeof(float);
static_assert(kProductRows <= kLanes || kProductRows % kLanes == 0);

std::size_t plain_tile_bytes(int cols) {
  return static_cast<std::size_t>(cols) * kProductRows * sizeof(float) + kTileSlack;
}

std::size_t plain_panel_bytes(int cols) {
  return static_cast<std::size_t>(cols) * kPlainPanelCols * sizeof(float);
}

template <class Type>
inline F32 values_at(const typename Type::Element* row, int k, int cols) {
  return cols - k >= kLanes ? Type::get(row + k) : Type::get_partial(row + k, cols - k);
}

/// A tile of x: [cols][kProductRows].
void prepare_plain_tile(const float* x, std::ptrdiff_t stride, int rows, int cols,
                        std::byte* prepared) {
  const auto get = [=](int r, int k) { return values_at<PlainF32>(x + r * stride, k, cols); };
  transpose_sources<kLanes>(rows, kProductRows, cols, get, reinterpret_cast<float*>(prepared),
                            kProductRows);
}

/// A panel: [cols][kPlainPanelCols].
template <class Type>
void prepare_plain_panel(const std::byte* weights, std::size_t weight_stride, int count, int cols,
                         std::byte* prepared) {
  const auto get = [=](int n, int k) {
    return values_at<Type>(elements<Type>(weights + static_cast<std::size_t>(n) * weight_stride), k,
                           cols);
  };
  transpose_sources<kLanes>(count, kPlainPanelCols, cols, get, reinterpret_cast<float*>(prepared),
                            kPlainPanelCols);
}

/// out [kProductRows, kPlainPanelCols]: `add`(sum, x, w) for each of `lines` lines of a tile and a
/// panel.
template <class Add>
inline void multiply_lines(const std::byte* tile, const std::byte* panel, std::size_t lines,
                           float* out, Add add) {
  const auto* x = reinterpret_cast<const float*>(tile);
  const auto* w = reinterpret_cast<const float*>(panel);
  F32 sums[kProductRows][kProductVectors];
  for (auto& row : sums)
    for (F32& sum : row) sum = broadcast(0);
  for (; lines > 0; --lines, x += kProductRows, w += kPlainPanelCols) {
    F32 columns[kProductVectors];
    for (int j = 0; j < kProductVectors; ++j) columns[j] = load(w + j * kLanes);
    for (int r = 0; r < kProductRows; ++r) {
      const F32 factor = broadcast(x[r]);
      for (int j = 0; j < kProductVectors; ++j) sums[r][j] = add(sums[r][j], factor, columns[j]);
    }
  }
  // Unrolled by command: GCC 12 sees a memcpy here, for which it keeps all sums in memory as well
  // and on ARM stores each of them after every addition.
#pragma GCC unroll 32
  for (int r = 0; r < kProductRows; ++r)
#pragma GCC unroll 8
    for (int j = 0; j < kProductVectors; ++j)
      store(out + r * kPlainPanelCols + j * kLanes, sums[r][j]);
}

void multiply_plain(const std::byte* tile, const std::byte* panel, int cols, float* out) {
  multiply_lines(tile, panel, static_cast<std::size_t>(cols), out,
                 [](F32 sum, F32 x, F32 w) { return fma(x, w, sum); });
}

// --- What follows a product --------------------------------------------------------------------

template <Activation kActivation>
inline void finish_with(const float* sums, int count, const float* bias, const float* residual,
                        float* out) {
  for_each_vector(static_cast<std::size_t>(count), [=](std::size_t i, auto get, auto put) {
    F32 x = get(sums + i);
    if (bias != nullptr) x = x + get(bias + i);
    x = activated<kActivation>(x);
    if (residual != nullptr) x = x + get(residual + i);
    put(out + i, x);
  });
}

void finish_row(const float* sums, int count, const float* bias, Activation activation,
                const float* residual, float* out) {
  switch (activation) {
    case Activation::kNone:
      return finish_with<Activation::kNone>(sums, count, bias, residual, out);
    case Activation::kQuickGelu:
      return finish_with<Activation::kQuickGelu>(sums, count, bias, residual, out);
    case Activation::kGelu:
      return finish_with<Activation::kGelu>(sums, count, bias, residual, out);
    case Activation::kSilu:
      return finish_with<Activation::kSilu>(sums, count, bias, residual, out);
    case Activation::kRelu:
      return finish_with<Activation::kRelu>(sums, count, bias, residual, out);
    case Activation::kHardSwish:
      return finish_with<Activation::kHardSwish>(sums, count, bias, residual, out);
    case Activation::kHardSigmoid:
      return finish_with<Activation::kHardSigmoid>(sums, count, bias, residual, out);
  }
}

template <class Type>
constexpr ProductKernels plain_kernels() {
  return {
      .row_bytes = plain_row_bytes,
      .prepare_row = prepare_plain_row,
      .dot = plain_dot<Type>,
      .tile_rows = kProductRows,
      .panel_cols = kPlainPanelCols,
      .tile_bytes = plain_tile_bytes,
      .prepare_tile = prepare_plain_tile,
      .panel_bytes = plain_panel_bytes,
      .prepare_panel = prepare_plain_panel<Type>,
      .multiply = multiply_plain,
  };
}

constexpr PlainProducts make_plain_products() {
  return {plain_kernels<PlainF32>(), plain_kernels<PlainF16>(), plain_kernels<PlainBF16>(),
          finish_row};
}

}  // namespace
}  // namespace galago::cpu
