// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The recorded form of each op of device/recorder.h: its arguments, and the workspace it needs for
// itself. Row counts are maxima until a step says how many there are.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "device/recorder.h"

namespace galago::cpu {

struct EmbedRows {
  Tensor table, ids, pictures, out;
};

struct RmsNorm {
  Tensor x, gain, out;
  float eps = 0;
};

struct LayerNorm {
  Tensor x, gain, bias, out;
  float eps = 0;
};

struct RopeStoreKv {
  Tensor q, k, v, angles;
  KvLayer cache;
  Tensor rotated;  ///< [workers, k.cols]
};

struct AttentionCausal {
  Tensor q;
  KvLayer cache;
  Tensor mask, out;
  int chunk_rows = 0;  ///< queries of one task
  int max_parts = 0;   ///< tasks that may share the keys of one query
  Tensor scratch;      ///< [workers, what a task of the attention kernel needs]
  Tensor parts;        ///< [decode rows · heads · max_parts, head_dim + 2]
};

struct AttentionFull {
  Tensor q, k, v, out;
  int n_heads = 0;
  int chunk_rows = 0;
  Tensor scratch;
};

struct SwiGlu {
  Tensor gate, up, out;
};

struct LastRow {
  Tensor x, out;
};

/// As q, k and v have.
constexpr std::size_t kMaxMatMulParts = 3;

/// Products that follow each other in the model's description and have x and the type of weights in
/// common.
struct MatMul {
  struct Part {
    Tensor w, out, bias, residual;  ///< bias and residual may be empty
    Activation activation = Activation::kNone;
  };

  Tensor x;
  std::vector<Part> parts;
  Tensor scratch;  ///< what cpu/matmul asks for
};

struct Add {
  Tensor a, b, out;
};

struct Activate {
  Tensor x, out;
  Activation activation = Activation::kNone;
};

struct EmbedPatches {
  Tensor patches, class_embd, positions, out;
};

struct DepthwiseConv3x3 {
  Tensor x, w, bias, residual, out;  ///< bias and residual may be empty
  Grid grid;
  int stride = 1;
  Tensor taps;  ///< [9, cols]: w with channels side by side
};

struct AdaptiveAvgPool {
  Tensor x, out;
  Grid grid, out_grid;
};

struct GlobalAvgPool {
  Tensor x, out;
};

struct ScaleChannels {
  Tensor x, scale, out;
};

struct Tap {
  std::string name;
  Tensor value;
};

using Command = std::variant<EmbedRows, RmsNorm, LayerNorm, RopeStoreKv, AttentionCausal,
                             AttentionFull, SwiGlu, LastRow, MatMul, Add, Activate, EmbedPatches,
                             DepthwiseConv3x3, AdaptiveAvgPool, GlobalAvgPool, ScaleChannels, Tap>;

}  // namespace galago::cpu
