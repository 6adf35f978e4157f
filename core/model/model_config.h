// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The shapes of a model, read from GGUF metadata and checked once.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "device/recorder.h"
#include "gguf/gguf_reader.h"

namespace galago {

/// A LLaMA-style language model (`general.architecture = llama`).
struct LanguageConfig {
  std::string name;
  int n_layers = 0;
  int dim = 0;  ///< width of a token
  int ffn_dim = 0;
  int n_heads = 0;
  int n_kv_heads = 0;  ///< < n_heads: grouped-query attention
  int head_dim = 0;
  int rope_dim = 0;  ///< elements of a head that RoPE rotates
  int vocab_size = 0;
  int context_length = 0;  ///< trained, in tokens
  float norm_eps = 0;
  float rope_theta = 0;
  float rope_scale = 1;  ///< positions are divided by it

  /// Errors: kFormat (a key is missing or absurd), kUnsupported (another architecture).
  static Result<LanguageConfig> read(const GgufFile& file);
};

enum class ProjectorKind : std::uint8_t { kLdp, kLdpV2, kMlp, kLinear };

std::string_view projector_name(ProjectorKind kind);

/// A CLIP vision tower with its projector (`general.architecture = clip`).
struct VisionConfig {
  std::string name;
  int n_layers = 0;  ///< blocks to run: up to the feature layer
  int dim = 0;
  int ffn_dim = 0;
  int n_heads = 0;
  int image_size = 0;  ///< pixels a side
  int patch_size = 0;
  float norm_eps = 0;
  Activation activation = Activation::kQuickGelu;
  /// Of the channels; CLIP's own where the file has none.
  std::array<float, 3> mean{0.48145466F, 0.4578275F, 0.40821073F};
  std::array<float, 3> std{0.26862954F, 0.26130258F, 0.27577711F};
  ProjectorKind projector = ProjectorKind::kMlp;

  Grid grid() const { return {image_size / patch_size, image_size / patch_size}; }

  /// Positions the projector gives per picture: LDP and LDPv2 halve each side.
  Grid token_grid() const;

  static Result<VisionConfig> read(const GgufFile& file);
};

}  // namespace galago
