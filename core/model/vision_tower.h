// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// CLIP's vision transformer up to the second-to-last layer: Radford et al. 2021, §2.4; features as
// in LLaVA (hidden_states[-2], class token dropped).
#pragma once

#include <vector>

#include "model/model_config.h"
#include "model/weight_loader.h"

namespace galago {

class VisionTower {
 public:
  static Result<VisionTower> load(const VisionConfig& config, WeightLoader& loader);

  const VisionConfig& config() const { return config_; }

  /// patches [positions, 3·patch²] (see patch_rows) → [positions, dim], in a scratch tensor of the
  /// caller's scope.
  Tensor record(Recorder& r, Tensor patches) const;

 private:
  struct Layer {
    Weight ln1_gain, ln1_bias;   // [1, dim]
    Weight attn_q, attn_q_bias;  // [dim, dim], [1, dim]
    Weight attn_k, attn_k_bias;
    Weight attn_v, attn_v_bias;
    Weight attn_out, attn_out_bias;
    Weight ln2_gain, ln2_bias;  // [1, dim]
    Weight fc1, fc1_bias;       // [ffn_dim, dim], [1, ffn_dim]
    Weight fc2, fc2_bias;       // [dim, ffn_dim], [1, dim]
  };

  static Result<Layer> load_layer(const VisionConfig& config, int index, WeightLoader& loader);
  void record_layer(Recorder& r, const Layer& w, Tensor x) const;

  VisionConfig config_;
  Weight class_embd_;  // [1, dim]
  Weight patch_embd_;  // [dim, 3·patch²]
  Weight positions_;   // [positions + 1, dim]
  Weight pre_ln_gain_, pre_ln_bias_;
  std::vector<Layer> layers_;
};

/// Cuts normalised pixels [3, size, size] into patches, row by row: [positions, 3·patch·patch],
/// each row in the order of the convolution's kernel (channel, y, x).
std::vector<float> patch_rows(std::span<const float> pixels, const VisionConfig& config);

}  // namespace galago
