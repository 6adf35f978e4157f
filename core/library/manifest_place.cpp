// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/manifest_place.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "library/model_folder.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// "ggml-model-q8_0.galago-model.json"
std::string own_name(const std::string& language_model) {
  return fs::path(language_model).stem().string() + "." + kManifestName;
}

bool is_of(const ModelManifest& manifest, const std::string& language_model) {
  const ManifestFile* file = manifest.file(FileRole::kLanguageModel);
  return file != nullptr && file->name == language_model;
}

bool has_other_models(const fs::path& folder, const std::string& language_model) {
  const auto content = read_model_folder(folder);
  return content &&
         std::any_of(content->language_models.begin(), content->language_models.end(),
                     [&](const fs::path& path) { return path.filename() != language_model; });
}

}  // namespace

Result<std::optional<ModelManifest>> find_manifest(const fs::path& folder,
                                                   const std::string& language_model) {
  std::error_code error;
  for (const std::string& name : {own_name(language_model), std::string(kManifestName)}) {
    if (!fs::exists(folder / name, error)) continue;
    GALAGO_TRY(ModelManifest manifest, read_manifest(folder, name));
    if (is_of(manifest, language_model)) return std::optional(std::move(manifest));
  }
  return std::optional<ModelManifest>();
}

std::string manifest_name(const fs::path& folder, const std::string& language_model) {
  std::string own = own_name(language_model);
  std::error_code error;
  if (fs::exists(folder / own, error)) return own;
  const auto first = read_manifest(folder);
  if (first && is_of(*first, language_model)) return kManifestName;
  return has_other_models(folder, language_model) ? own : kManifestName;
}

}  // namespace galago
