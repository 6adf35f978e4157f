// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A MobileVLM model in the layout of Hugging Face, as small as one can be, with made-up numbers.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checkpoint_builder.h"

namespace galago {

/// What is written can be changed before: settings, tensors that are left out or added.
struct HuggingFaceBuilder {
  /// Of one layer, two heads that share their keys, and a vocabulary of bytes.
  HuggingFaceBuilder();

  nlohmann::json config;
  nlohmann::json clip_config;
  std::vector<SampleTensor> tensors;       ///< of the language model and the projector
  std::vector<SampleTensor> clip_tensors;  ///< of the tower, as in its own folder

  /// The tower's tensors under the names they have in a checkpoint, all numbers being `value`.
  void add_tower_to_checkpoint(float value);

  /// Writes `folder`/model, and the tower beside it unless its name is empty.
  std::filesystem::path write(const std::filesystem::path& folder,
                              const std::string& tower = "clip") const;
};

inline constexpr int kBuilderVocabulary = 259;

}  // namespace galago
