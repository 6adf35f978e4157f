// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Several quantisations of a model may lie in one folder, each with a manifest of its own:
// galago-model.json is that of the model that came first, and of one that has the folder to itself;
// those of others are named after their language model.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "library/manifest.h"

namespace galago {

/// The manifest of the model with that language model (a file's name). Nothing: it has none.
/// Errors: those of read_manifest.
Result<std::optional<ModelManifest>> find_manifest(const std::filesystem::path& folder,
                                                   const std::string& language_model);

/// What the file is or has to be called in which that model's manifest lies in the folder.
std::string manifest_name(const std::filesystem::path& folder, const std::string& language_model);

}  // namespace galago
