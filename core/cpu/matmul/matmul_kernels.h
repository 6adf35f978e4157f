// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The kernels of matrix products: for each instruction set and each type of weights, two ways of
// computing sums of x · wᵀ. How a product is split over them is matmul.cpp's business.
//
// Few rows (decoding): every weight is read once, where the file's mapping holds it, and multiplied
// as it comes ("dot"). Many rows (prompts, pictures): weights are decoded once into panels that
// stay in the second-level cache, and tiles of x run along them ("multiply").
//
// Plain weights are multiplied in f32; weights of 16 bits with many rows in bf16 where the
// processor multiplies it and the device may round (Arithmetic::kFast). Quantised ones are
// multiplied as the integers they are, with x rounded to 8 bits in blocks of 32 that share a scale
// (as Q8_0 does), and summed up in f32; where a matrix unit multiplies bf16, so are they.
#pragma once

#include <cstddef>

#include "base/cpu_features.h"
#include "base/dtype.h"
#include "device/arithmetic.h"
#include "device/recorder.h"

namespace galago::cpu {

/// Rows of x that `dot` takes at most.
constexpr int kDotRows = 4;

struct DotArgs {
  const std::byte* x = nullptr;  ///< prepared rows, `x_stride` bytes apart
  std::size_t x_stride = 0;
  int rows = 0;                        ///< 1 … kDotRows
  const std::byte* weights = nullptr;  ///< rows of the matrix, `weight_stride` bytes apart
  std::size_t weight_stride = 0;
  int count = 0;  ///< rows of the matrix
  int cols = 0;
  float* sums = nullptr;  ///< [rows, count], rows `sum_stride` floats apart
  std::ptrdiff_t sum_stride = 0;
};

/// Products with weights of one type. "Prepared" data has a layout of the kernels' own and begins
/// at a cache line.
struct ProductKernels {
  std::size_t (*row_bytes)(int cols);
  void (*prepare_row)(const float* x, int cols, std::byte* prepared);
  void (*dot)(const DotArgs& args);

  int tile_rows = 0;   ///< rows of x that are multiplied together
  int panel_cols = 0;  ///< rows of the matrix in a panel
  std::size_t (*tile_bytes)(int cols);
  /// rows ≤ tile_rows, `stride` floats apart; absent ones count as 0.
  void (*prepare_tile)(const float* x, std::ptrdiff_t stride, int rows, int cols,
                       std::byte* prepared);
  std::size_t (*panel_bytes)(int cols);
  /// count ≤ panel_cols; absent rows give sums that mean nothing.
  void (*prepare_panel)(const std::byte* weights, std::size_t weight_stride, int count, int cols,
                        std::byte* prepared);
  /// sums [tile_rows, panel_cols].
  void (*multiply)(const std::byte* tile, const std::byte* panel, int cols, float* sums);
};

struct PlainProducts {
  ProductKernels f32, f16, bf16;
  /// out = activation(sums + bias) + residual; bias and residual may be null, out may be residual.
  void (*finish_row)(const float* sums, int count, const float* bias, Activation activation,
                     const float* residual, float* out);
};

struct QuantisedProducts {
  ProductKernels q4_0, q4_1, q5_0, q5_1, q8_0, q2_k, q3_k, q4_k, q5_k, q6_k;
};

struct MatmulKernels {
  const PlainProducts& plain;
  const QuantisedProducts& quantised;

  /// Not for kI32.
  const ProductKernels& of(DType weight_type) const;
};

/// The fastest ones that `isa` includes; `isa` must run on this machine.
MatmulKernels matmul_kernels(Isa isa, Arithmetic arithmetic);

}  // namespace galago::cpu
