// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Everywhere that models are looked for: Galago's folders, and the caches of other programs, which
// are used in place and never written to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace galago {

enum class ModelOrigin : std::uint8_t {
  kLibrary,  ///< the folder that Galago puts models into
  kFolder,   ///< another of model_folders()
  kBuiltIn,  ///< Galago's own files
  kHuggingFace,
  kLlamaCpp,
  kLmStudio,
};

/// "library", "folder", "built-in", "Hugging Face cache", "llama.cpp cache", "LM Studio"
std::string_view origin_name(ModelOrigin origin);

/// Of another program.
bool is_cache(ModelOrigin origin);

struct ModelRoot {
  std::filesystem::path folder;
  ModelOrigin origin = ModelOrigin::kFolder;
  std::string prefix;  ///< of the models' names: "publisher/model", where the folder is one model's
};

/// Where installed models live, most specific first: $GALAGO_MODELS (colon-separated), the folder
/// that was chosen and those before it (library_folder.h), galago/models under $XDG_DATA_HOME
/// (~/.local/share), Galago's own (data_folder.h), and galago/models under each of $XDG_DATA_DIRS.
std::vector<std::filesystem::path> model_folders();

/// Those with their origins.
std::vector<ModelRoot> model_roots(const std::vector<std::filesystem::path>& folders);

/// The snapshots of Hugging Face's cache ($HF_HUB_CACHE, $HF_HOME/hub, ~/.cache/huggingface/hub),
/// the newest of a repository first; llama.cpp's ($LLAMA_CACHE, ~/.cache/llama.cpp); LM Studio's
/// models (~/.lmstudio/models, ~/.cache/lm-studio/models).
std::vector<ModelRoot> cache_roots();

}  // namespace galago
