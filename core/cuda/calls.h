// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The arguments of each kernel: addresses in device memory and numbers, nothing else. A program of
// the CUDA device is a list of these. Rows are maxima until `step` says how many there are.
#pragma once

#include <cstdint>
#include <variant>

#include "base/dtype.h"
#include "device/recorder.h"
#include "device/step_params.h"

namespace galago::cuda {

/// Rows of which each step has all, or its own number of.
struct Rows {
  int max = 0;
  bool is_step = false;
};

/// x [rows, cols] rounded to 8 bits. Each 32 columns have a scale and the sums of their two halves:
/// sum_low = scale · Σ q of columns 0–15.
struct Rounded {
  struct alignas(16) Scale {
    float scale, sum_low, sum_high, unused;
  };

  std::int8_t* values = nullptr;  ///< [rows, cols]
  Scale* scales = nullptr;        ///< [rows, cols / 32]
};

struct EmbedRows {
  const StepParams* step;
  Rows rows;
  int cols;
  const std::uint8_t* table;
  DType dtype;
  int table_rows;
  const std::int32_t* ids;
  const float* pictures;
  int picture_rows;
  float* out;
};

/// RMSNorm where bias is null, LayerNorm else.
struct Norm {
  const StepParams* step;
  Rows rows;
  int cols;
  const float* x;
  const float* gain;
  const float* bias;
  float eps;
  float* out;
  Rounded rounded;  ///< of out, where values is not null
};

struct RopeStoreKv {
  const StepParams* step;
  Rows rows;
  int n_heads, n_kv_heads, head_dim, rope_dim, capacity;
  float* q;
  const float* k;
  const float* v;
  const float* angles;
  void* k_cache;
  void* v_cache;
  bool is_half;
};

/// Keys and values as attention reads them, in elements. row_stride: from one key to the next.
struct KeyValues {
  const void* k;
  const void* v;
  bool is_half;
  std::int64_t head_stride;
  int row_stride;
};

/// Few rows: the keys of a row and a head are split among blocks.
struct AttentionSplit {
  const StepParams* step;
  Rows rows;
  int n_heads, group, head_dim, splits;
  const float* q;
  KeyValues kv;
  const float* mask;
  float* parts;  ///< [rows, n_heads, splits, head_dim + 2]: sums, largest score, sum of weights
};

struct AttentionMerge {
  const StepParams* step;
  Rows rows;
  int n_heads, head_dim, splits;
  const float* parts;
  float* out;
  Rounded rounded;  ///< of out, where values is not null; head_dim is a multiple of 32 then
};

/// Many rows: a block takes some queries of one head through all keys.
struct AttentionTiles {
  const StepParams* step;
  Rows rows;
  int n_heads, group, head_dim;
  const float* q;
  KeyValues kv;
  int keys;           ///< of each row; 0: row r sees those up to position + r
  const float* mask;  ///< null: none
  float* out;
};

/// The same with products on the tensor cores, factors rounded to f16.
struct AttentionTensor {
  AttentionTiles tiles;
};

enum class Elementwise : std::uint8_t { kAdd, kSwiglu, kActivate, kScale };

/// out = op(a, b); b: [rows, cols], for kScale [1, cols], for kActivate none.
struct ElementwiseCall {
  const StepParams* step;
  Rows rows;
  int cols;
  Elementwise op;
  Activation activation;
  const float* a;
  const float* b;
  float* out;
  Rounded rounded;  ///< of out, where values is not null
};

struct LastRow {
  const StepParams* step;
  Rows rows;
  int cols;
  const float* x;
  float* out;
};

/// x rounded to 8 bits, for products of few rows with quantised weights.
struct RoundToBytes {
  const StepParams* step;
  Rows rows;
  int cols;
  const float* x;
  Rounded out;
};

/// x rounded to f16 or bf16, rows padded with zeros to `padded_cols`; numbers that f16 cannot hold
/// become its largest.
struct RoundToHalf {
  const StepParams* step;
  Rows rows;
  int cols, padded_cols;
  const float* x;
  bool is_bf16;
  std::uint16_t* out;
};

/// out = activation(x · wᵀ + bias) + residual for one matrix.
struct Product {
  const std::uint8_t* weights;
  /// Where not null: out = silu(x · wᵀ) · (x · upᵀ), neither bias nor residual.
  const std::uint8_t* up;
  int out_cols;
  const float* bias;
  const float* residual;
  Activation activation;
  float* out;
};

/// Few rows; up to three matrices of one type that share x.
struct MatVec {
  static constexpr int kMostRows = 8;
  static constexpr int kMostParts = 3;

  const StepParams* step;
  Rows rows;
  int cols;
  DType dtype;
  const float* x;
  Rounded rounded;  ///< x, where the weights are quantised
  int parts;
  Product part[kMostParts];
};

/// Many rows, in f32.
struct MatTiles {
  const StepParams* step;
  Rows rows;
  int cols;
  DType dtype;
  const float* x;
  Product product;
};

/// Many rows, on the tensor cores: x as RoundToHalf left it.
struct MatTensor {
  const StepParams* step;
  Rows rows;
  int cols, padded_cols;
  DType dtype;
  const std::uint16_t* x;
  Product product;
};

struct EmbedPatches {
  int rows, cols;
  const float* patches;
  const float* class_embd;
  const float* positions;
  float* out;
};

struct DepthwiseConv3x3 {
  Grid grid, out_grid;
  int stride, cols;
  const float* x;
  const float* w;
  const float* bias;
  const float* residual;
  float* out;
};

struct AdaptiveAvgPool {
  Grid grid, out_grid;
  int cols;
  const float* x;
  float* out;
};

struct GlobalAvgPool {
  const StepParams* step;
  Rows rows;
  int cols;
  const float* x;
  float* out;
};

using Call = std::variant<EmbedRows, Norm, RopeStoreKv, AttentionSplit, AttentionMerge,
                          AttentionTiles, AttentionTensor, ElementwiseCall, LastRow, RoundToBytes,
                          RoundToHalf, MatVec, MatTiles, MatTensor, EmbedPatches, DepthwiseConv3x3,
                          AdaptiveAvgPool, GlobalAvgPool>;

}  // namespace galago::cuda
