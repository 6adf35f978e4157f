// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Looks for models below a folder and pairs language models with projectors: by manifest, else by
// what the files say of themselves and by their names.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "library/manifest.h"
#include "library/model_files.h"
#include "library/model_roots.h"

namespace galago {

/// A language model, with the projector that belongs to it if there is one.
struct FoundModel {
  ModelFiles files;
  std::string full_name;  ///< with its folders below the root: "publisher/model"
  ModelRoot root;
  std::optional<ModelManifest> manifest;  ///< where it is of these files
  std::optional<Error> problem;  ///< why it is no model to ask about pictures: half of it, or wrong
};

struct FoundModels {
  std::vector<FoundModel> models;
  std::vector<Error> problems;  ///< damaged files, projectors without a language model
};

/// At most three levels deep, each real folder once, hidden ones not at all.
FoundModels find_models(const ModelRoot& root);

/// Whether `name` is a model's full name, or its end from a folder on.
bool is_named(std::string_view full_name, std::string_view name);

}  // namespace galago
