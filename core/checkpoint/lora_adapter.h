// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A LoRA adapter as peft saves it: for some matrices W of a model two thin ones, so that the
// adapted model has W + scale · B · A in their place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "checkpoint/checkpoint.h"

namespace galago {

/// A and B of one matrix; they live as long as the adapter.
struct LoraPair {
  const CheckpointTensor* a = nullptr;  ///< [rank, columns of W]
  const CheckpointTensor* b = nullptr;  ///< [rows of W, rank]
};

class LoraAdapter {
 public:
  LoraAdapter(LoraAdapter&&) = default;
  LoraAdapter& operator=(LoraAdapter&&) = default;

  /// Whether a folder holds an adapter.
  static bool is_in(const std::filesystem::path& folder);

  /// Reads adapter_config.json and adapter_model.safetensors or .bin. Errors: kIo, kFormat,
  /// kUnsupported (a kind of adapter that is more than the sum above).
  static Result<LoraAdapter> open(const std::filesystem::path& folder);

  /// B · A is multiplied by it.
  float scale() const { return scale_; }

  /// By the adapted model's name of W.
  const std::map<std::string, LoraPair>& pairs() const { return pairs_; }

  /// The model that was adapted, as the training program knew it: a path or a hub's name.
  const std::string& base_name() const { return base_name_; }

 private:
  LoraAdapter() = default;

  Status collect_pairs(std::int64_t rank);

  Checkpoint checkpoint_;
  std::map<std::string, LoraPair> pairs_;
  std::string base_name_;
  float scale_ = 0;
};

}  // namespace galago
