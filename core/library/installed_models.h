// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Every model of this machine that Galago can use, and why others cannot be used.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "library/manifest.h"
#include "library/model_facts.h"
#include "library/model_files.h"
#include "library/model_roots.h"

namespace galago {

/// A whole one: a language model and the projector that belongs to it.
struct InstalledModel {
  std::string id;  ///< "publisher/model"; what `-m` and `galago-cli models` take
  ModelFiles files;
  ModelRoot root;  ///< where it was found
  std::optional<ModelManifest> manifest;
  ModelFacts facts;

  std::filesystem::path folder() const { return files.language_model.parent_path(); }

  std::uint64_t size_bytes() const { return facts.language_bytes + facts.projector_bytes; }

  /// In the library: others belong to other programs, or to the system.
  bool is_removable() const { return root.origin == ModelOrigin::kLibrary && !files.is_built_in; }

  std::string quantisation() const;
};

struct ModelLibrary {
  std::vector<InstalledModel> models;  ///< in the order of model_folders(), then caches
  std::vector<Error> problems;         ///< halves, mismatches and damaged files in Galago's folders
};

/// Reads the head of every GGUF file in those folders: not for a thread that must not wait.
ModelLibrary scan_library();

/// By id, or its end from a folder on, as locate_model() takes it. Errors: kInvalidArgument.
Result<InstalledModel> find_installed_model(std::string_view name);

/// Its paths relative to the library, for move_to_trash(): the folder, or where others share it the
/// files that only this model has. Errors: kInvalidArgument, where it is not Galago's to remove.
Result<std::vector<std::filesystem::path>> removable_paths(const InstalledModel& model);

/// A manifest from what the files say of themselves, with sizes and without hashes.
ModelManifest manifest_of(const InstalledModel& model);

}  // namespace galago
