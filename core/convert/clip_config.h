// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The shape of a CLIP vision tower, from its folder or by its name.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace galago {

struct ClipConfig {
  std::int64_t n_layers = 0;
  std::int64_t dim = 0;
  std::int64_t ffn_dim = 0;
  std::int64_t n_heads = 0;
  std::int64_t image_size = 0;
  std::int64_t patch_size = 0;
  std::int64_t projection_dim = 0;  ///< of CLIP itself; not used here
  float norm_eps = 1e-5F;
  bool is_gelu = false;  ///< else quick_gelu
  std::array<float, 3> mean{0.48145466F, 0.4578275F, 0.40821073F};
  std::array<float, 3> std{0.26862954F, 0.26130258F, 0.27577711F};

  std::int64_t positions() const {
    return (image_size / patch_size) * (image_size / patch_size) + 1;
  }

  /// From config.json and, if it is there, preprocessor_config.json. Errors: kIo, kFormat,
  /// kUnsupported.
  static Result<ClipConfig> read(const std::filesystem::path& folder);

  /// Of OpenAI's towers that models of this family are built on, whose folder is then not needed.
  /// `name`: as config.json has it, "openai/clip-vit-large-patch14-336".
  static std::optional<ClipConfig> known(std::string_view name);
};

}  // namespace galago
