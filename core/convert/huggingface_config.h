// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What config.json says of a MobileVLM model in the layout of Hugging Face, checked once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace galago {

enum class HuggingFaceProjector : std::uint8_t { kLdp, kLdpV2, kMlp, kLinear };

struct HuggingFaceConfig {
  // The language model.
  std::int64_t n_layers = 0;
  std::int64_t dim = 0;
  std::int64_t ffn_dim = 0;
  std::int64_t n_heads = 0;
  std::int64_t n_kv_heads = 0;
  std::int64_t vocab_size = 0;
  std::int64_t context_length = 0;
  float norm_eps = 0;
  float rope_theta = 0;
  std::optional<float> rope_scale;  ///< positions are divided by it
  bool has_tied_embeddings = false;

  // How it sees pictures.
  HuggingFaceProjector projector = HuggingFaceProjector::kLdp;
  std::int64_t feature_layer = -2;  ///< of the tower's hidden states; negative: from the end
  std::string tower_name;           ///< a folder or a hub's name
  /// The original loader fills the tower from the checkpoint when the projector's name has "v2" in
  /// it; else always from the tower's own folder, even when the checkpoint has a tower too.
  bool is_tower_in_checkpoint = false;

  std::int64_t head_dim() const { return dim / n_heads; }

  /// Errors: kIo, kFormat, kUnsupported (not a MobileVLM, or settings that change its arithmetic).
  static Result<HuggingFaceConfig> read(const std::filesystem::path& path);
};

}  // namespace galago
