// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A MobileVLM model as its authors publish it, a folder in the layout of Hugging Face, seen as the
// pair of GGUF files to convert it to.
//
// The folder has config.json, tokenizer.model and a checkpoint: pytorch_model.bin or
// model.safetensors, or several files and their list. What a LoRA training leaves behind
// (adapter_config.json, adapter_model.bin or .safetensors, non_lora_trainables.bin) is a model too,
// together with its base. CLIP's tower is in the checkpoint of models whose projector's name has
// "v2" in it; for others it is always taken from a folder of its own, even when the checkpoint has
// one as well, since the original loader does so.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "convert/tensor_source.h"

namespace galago {

struct HuggingFaceFolders {
  std::filesystem::path model;
  /// The base of an adapter. Empty: looked for in and beside the folder, and in the cache of a
  /// hub's client if the folder is part of one, by the name that adapter_config.json has for it.
  std::filesystem::path base;
  /// CLIP's folder. Empty: looked for in the same places and beside the base, by the name that
  /// config.json has for it.
  std::filesystem::path tower;
};

struct HuggingFaceModel {
  std::string name;
  std::unique_ptr<const TensorSource> language;
  std::unique_ptr<const TensorSource> vision;  ///< tower and projector: the mmproj file

  /// Opens the files and checks that all tensors are there, in the shapes that config.json says.
  /// Errors: kIo, kFormat, kUnsupported; they say which folder is missing and what to do.
  static Result<HuggingFaceModel> open(const HuggingFaceFolders& folders);
};

/// Whether a folder looks like one: a checkpoint or an adapter, with a config.json.
bool is_huggingface_folder(const std::filesystem::path& folder);

/// A folder that a model needs and that was not found: a person has to say where it is.
struct MissingFolder {
  enum class Part : std::uint8_t { kBase, kTower };

  Part part = Part::kBase;
  std::string name;  ///< what the config file calls it
};

/// The first of them; nothing: all were found. Errors: kIo, kFormat, kUnsupported, of the config
/// files.
Result<std::optional<MissingFolder>> find_missing_folder(const HuggingFaceFolders& folders);

/// Whether a folder is that of a CLIP tower, and no model.
bool is_tower_folder(const std::filesystem::path& folder);

}  // namespace galago
