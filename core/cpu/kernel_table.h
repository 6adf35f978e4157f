// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The kernels of one instruction set, as plain functions: each does a part of an op on the thread
// that calls it. What they compute is defined in device/recorder.h; how an op is split over threads
// is cpu_ops.cpp's business. Matrix products have tables of their own (cpu/matmul).
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/cpu_features.h"
#include "device/arithmetic.h"
#include "device/recorder.h"

namespace galago::cpu {

/// f16 (bit patterns) or f32.
enum class KvType : std::uint8_t { kF16, kF32 };

/// Some consecutive queries of one head, and all keys they may look at.
struct AttentionArgs {
  const float* q = nullptr;  ///< [rows, head_dim], rows `q_stride` floats apart
  std::ptrdiff_t q_stride = 0;
  int rows = 0;
  int head_dim = 0;
  KvType kv_type = KvType::kF32;
  const void* k = nullptr;  ///< [keys, head_dim], rows `kv_stride` elements apart; v likewise
  const void* v = nullptr;
  std::ptrdiff_t kv_stride = 0;
  int first_keys = 0;           ///< keys that row 0 sees
  int keys_per_row = 0;         ///< row r sees first_keys + r · keys_per_row: 1 causal, 0 full
  const float* mask = nullptr;  ///< [keys], added to the scores of every row; may be null
  float* out = nullptr;         ///< as q
  std::ptrdiff_t out_stride = 0;
};

/// One query of each head of a group (the heads that share keys), and some of the keys.
struct DecodeAttentionArgs {
  const float* q = nullptr;  ///< [heads, head_dim]
  int heads = 0;
  int head_dim = 0;
  KvType kv_type = KvType::kF16;
  const void* k = nullptr;  ///< [keys, head_dim]
  const void* v = nullptr;
  int keys = 0;
  const float* mask = nullptr;  ///< [keys]
  /// Per head, `state_stride` floats apart: head_dim sums Σ e^(score - largest) · v, then the
  /// largest score, then Σ e^(score - largest).
  float* states = nullptr;
  std::ptrdiff_t state_stride = 0;
};

struct ConvArgs {
  const float* x = nullptr;  ///< [grid, cols]
  Grid grid;
  int cols = 0;
  int stride = 1;
  const float* taps = nullptr;      ///< [9, cols]
  const float* bias = nullptr;      ///< [cols]; may be null
  const float* residual = nullptr;  ///< as out; may be null
  float* out = nullptr;             ///< [⌈grid/stride⌉, cols]
};

struct KernelTable {
  Isa isa = Isa::kScalar;
  /// Queries that the attention kernel computes together; calls with a multiple are the fastest.
  int attention_block = 0;
  /// Up to this many queries decode_attention, query by query, is the faster one.
  int decode_rows = 0;

  void (*rms_norm)(const float* x, int rows, int cols, const float* gain, float eps, float* out);
  void (*layer_norm)(const float* x, int rows, int cols, const float* gain, const float* bias,
                     float eps, float* out);
  void (*swiglu)(const float* gate, const float* up, float* out, std::size_t count);
  void (*activate)(Activation activation, const float* x, float* out, std::size_t count);
  void (*add)(const float* a, const float* b, float* out, std::size_t count);
  void (*scale_channels)(const float* x, int rows, int cols, const float* scale, float* out);

  /// Rotates `heads` heads of one row in place. angles: cos θ, then sin θ, rope_dim in all.
  void (*rope)(float* x, int heads, int head_dim, const float* angles, int rope_dim);
  void (*to_f16)(const float* x, std::uint16_t* out, std::size_t count);

  /// `scratch`: attention_scratch_floats(rows, head_dim) floats.
  void (*attention)(const AttentionArgs& args, float* scratch);
  /// The same for the tower, where the device may round.
  void (*attention_full)(const AttentionArgs& args, float* scratch);
  std::size_t (*attention_scratch_floats)(int rows, int head_dim);
  void (*decode_attention)(const DecodeAttentionArgs& args);
  /// out [head_dim] of one head from the states that decode_attention left for parts of the keys.
  void (*merge_attention)(const float* states, std::ptrdiff_t state_stride, int parts, int head_dim,
                          float* out);

  /// Rows [first, last) of the output grid's height.
  void (*depthwise_conv3x3)(const ConvArgs& args, int first, int last);
  void (*adaptive_avg_pool)(const float* x, Grid grid, int cols, Grid out_grid, int first, int last,
                            float* out);
  /// Columns [first, last).
  void (*global_avg_pool)(const float* x, int rows, int cols, int first, int last, float* out);
};

/// The fastest table that `isa` includes; `isa` must run on this machine.
const KernelTable& kernel_table(Isa isa, Arithmetic arithmetic);

}  // namespace galago::cpu
