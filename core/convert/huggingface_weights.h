// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The weights of a model in the layout of Hugging Face, by their names there: those of a
// checkpoint, some of them replaced or adapted by what a LoRA training left behind.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/dtype.h"
#include "base/result.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/lora_adapter.h"

namespace galago {

/// One tensor, with what is to be added to it.
struct HuggingFaceWeight {
  const CheckpointTensor* tensor = nullptr;
  const LoraPair* lora = nullptr;
  float lora_scale = 0;

  /// The GGUF type that holds what is stored.
  DType dtype() const;
  /// Elements from `first` on, whole rows; adapted ones rounded to the stored type, as when the
  /// original merges an adapter into a model. Errors: kUnsupported.
  Status read(std::int64_t first, std::span<float> out) const;
};

/// Immutable once opened; safe to read from several threads.
class HuggingFaceWeights {
 public:
  /// The checkpoint in a folder. Errors: those of Checkpoint.
  static Result<std::shared_ptr<const HuggingFaceWeights>> open(
      const std::filesystem::path& folder);

  /// The checkpoint in `base` as adapted in `adapter`: matrices have the adapter's products added,
  /// and those of non_lora_trainables.bin take the place of others. Errors: also those of
  /// LoraAdapter; kFormat (the adapter belongs to another model).
  static Result<std::shared_ptr<const HuggingFaceWeights>> open_adapted(
      const std::filesystem::path& base, const std::filesystem::path& adapter);

  /// Errors: kFormat (there is none).
  Result<HuggingFaceWeight> find(const std::string& name) const;

  bool has(std::string_view name) const { return tensors_.count(name) > 0; }

 private:
  Status replace(const std::filesystem::path& path);
  Status check_adapter() const;

  Checkpoint checkpoint_;
  std::optional<Checkpoint> replacements_;
  std::optional<LoraAdapter> adapter_;
  std::map<std::string, const CheckpointTensor*, std::less<>> tensors_;
};

}  // namespace galago
