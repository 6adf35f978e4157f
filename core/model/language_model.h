// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// MobileLLaMA and every other LLaMA shape: Touvron et al. 2023. Describes the forward pass; a
// device runs it.
#pragma once

#include <vector>

#include "device/device.h"
#include "model/kv_cache.h"
#include "model/model_config.h"
#include "model/weight_loader.h"

namespace galago {

/// Tensors that outlive a step and that the host writes or reads between steps.
struct LanguageStep {
  Tensor ids;       ///< [rows, 1] i32: a token id, or -1 - a row of pictures
  Tensor pictures;  ///< [n, dim] projected picture tokens; empty for a text-only model
  Tensor angles;    ///< [context, rope_dim], from rope_angles()
  Tensor mask;      ///< [1, context], added to attention scores
  Tensor logits;    ///< [1, vocab], of the step's last row; or [rows, vocab], of all rows
};

class LanguageModel {
 public:
  /// Errors: kFormat (a tensor is missing or has another shape), kUnsupported (its type), those of
  /// Device::upload.
  static Result<LanguageModel> load(const LanguageConfig& config, WeightLoader& loader);

  const LanguageConfig& config() const { return config_; }

  /// Bytes of weights that one decoded token reads: all but the embedding table, unless the output
  /// uses it too.
  std::size_t bytes_per_token() const;

  /// rows → embeddings → n_layers × (attention, feed-forward) → last row or all → norm → logits.
  /// `step.ids.rows` says how many rows at most.
  void record(Recorder& r, const LanguageStep& step, const KvCache& cache) const;

 private:
  struct Layer {
    Weight attn_norm;  // [1, dim]
    Weight attn_q;     // [n_heads·head_dim, dim], rows permuted for interleaved RoPE
    Weight attn_k;     // [n_kv_heads·head_dim, dim], likewise
    Weight attn_v;     // [n_kv_heads·head_dim, dim]
    Weight attn_out;   // [dim, n_heads·head_dim]
    Weight ffn_norm;   // [1, dim]
    Weight gate;       // [ffn_dim, dim]
    Weight up;         // [ffn_dim, dim]
    Weight down;       // [dim, ffn_dim]
  };

  void record_layer(Recorder& r, int index, Tensor x, const LanguageStep& step,
                    const KvCache& cache) const;

  LanguageConfig config_;
  Weight token_embd_;  // [vocab, dim]
  std::vector<Layer> layers_;
  Weight output_norm_;  // [1, dim]
  Weight output_;       // [vocab, dim]; token_embd_ when the file ties them
};

/// cos and sin of RoPE's angles: [context, rope_dim], row p = cos(p/scale · θ_i)…, sin(…)…, with
/// θ_i = theta^(-2i/rope_dim) rounded to f32 as the original does. Su et al. 2021, eq. (15);
/// position interpolation: Chen et al. 2023, eq. (3).
std::vector<float> rope_angles(int context, int rope_dim, float theta, float scale);

}  // namespace galago
