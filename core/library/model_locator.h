// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Finds the two files of a model: by a GGUF file, a folder, or an installed model's name.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "library/model_files.h"
#include "library/model_roots.h"

namespace galago {

/// Whole models below the folders, at most three levels deep, told by general.architecture, not by
/// name: a language model with the projector that belongs to it. installed_models.h says why others
/// are left out.
std::vector<ModelFiles> installed_models(const std::vector<std::filesystem::path>& folders);

/// The demonstration model that comes with Galago. Errors: kIo, where it should lie but does not;
/// those of a damaged file.
Result<ModelFiles> built_in_model();

/// `model`: a GGUF file (its mmproj is looked for beside it), a folder that holds one pair, or the
/// name of an installed model, of another program's cache too. `mmproj`: given explicitly, or
/// empty. Errors: kIo, kFormat, kInvalidArgument (nothing of that name: names those installed;
/// several models in the folder; a projector given as the model).
Result<ModelFiles> locate_model(std::string_view model, const std::filesystem::path& mmproj = {});

}  // namespace galago
