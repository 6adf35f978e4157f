// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The ops of device/recorder.h on plain arrays. Values are f32, sums double.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/dtype.h"
#include "device/recorder.h"

namespace galago::reference {

/// A [rows, cols] array of f32.
struct Array {
  float* data = nullptr;
  int rows = 0;
  int cols = 0;

  float* row(int r) const { return data + static_cast<std::ptrdiff_t>(r) * cols; }
};

/// A [rows, cols] array of any type.
struct Matrix {
  const std::byte* data = nullptr;
  DType dtype = DType::kF32;
  int rows = 0;
  int cols = 0;
};

/// One layer of a KV cache, as KvLayer.
struct Cache {
  std::byte* k = nullptr;
  std::byte* v = nullptr;
  DType dtype = DType::kF16;
  int n_kv_heads = 0;
  int capacity = 0;
  int head_dim = 0;
};

double activate(Activation activation, double x);

void embed_rows(Matrix table, const std::int32_t* ids, Array pictures, Array out);
void rms_norm(Array x, const float* gain, float eps, Array out);
void layer_norm(Array x, const float* gain, const float* bias, float eps, Array out);
/// `angles` [capacity, rope_dim]; rows of q, k, v are at positions `position`, `position` + 1, …
void rope_store_kv(Array q, Array k, Array v, Array angles, const Cache& cache, int position);
void attention_causal(Array q, const Cache& cache, const float* mask, int position, Array out);
void attention_full(Array q, Array k, Array v, int n_heads, Array out);
void swiglu(Array gate, Array up, Array out);
/// `bias` and `residual.data` may be null.
void matmul(Array x, Matrix w, const float* bias, Activation activation, Array residual, Array out);
void add(Array a, Array b, Array out);
void activate(Array x, Activation activation, Array out);
void embed_patches(Array patches, const float* class_embd, Array positions, Array out);
/// `w` [cols, 9]; `bias` and `residual.data` may be null.
void depthwise_conv3x3(Array x, Grid grid, int stride, const float* w, const float* bias,
                       Array residual, Array out);
void adaptive_avg_pool(Array x, Grid grid, Grid out_grid, Array out);
void global_avg_pool(Array x, Array out);
void scale_channels(Array x, const float* scale, Array out);

}  // namespace galago::reference
