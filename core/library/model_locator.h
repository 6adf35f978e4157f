// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Finds the two files of a model: by a GGUF file, a folder, or an installed model's name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

struct ModelFiles {
  std::string name;  ///< for people: the folder's or the file's name
  std::filesystem::path language_model;
  std::filesystem::path mmproj;  ///< empty: none found
  bool is_built_in = false;      ///< the demonstration model that comes with Galago

  friend bool operator==(const ModelFiles&, const ModelFiles&) = default;
};

/// Where installed models live, most specific first: $GALAGO_MODELS (colon-separated), then
/// galago/models under $XDG_DATA_HOME (~/.local/share), Galago's own (data_folder.h), and
/// galago/models under each of $XDG_DATA_DIRS.
std::vector<std::filesystem::path> model_folders();

/// Pairs below the folders, at most three levels deep, told by general.architecture, not by name.
/// A lone projector is not a model; a lone language model is listed without mmproj. Damaged files
/// are left out.
std::vector<ModelFiles> installed_models(const std::vector<std::filesystem::path>& folders);

/// The demonstration model that comes with Galago. Errors: kIo, where it should lie but does not;
/// those of a damaged file.
Result<ModelFiles> built_in_model();

/// `model`: a GGUF file (its mmproj is looked for beside it), a folder that holds one pair, or the
/// name of an installed model. `mmproj`: given explicitly, or empty. Errors: kIo, kFormat,
/// kInvalidArgument (nothing of that name: names those installed; several models in the folder; a
/// projector given as the model).
Result<ModelFiles> locate_model(std::string_view model, const std::filesystem::path& mmproj = {});

}  // namespace galago
