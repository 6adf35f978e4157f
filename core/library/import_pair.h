// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Copies a pair of GGUF files that lies anywhere into the library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "library/installed_models.h"
#include "library/model_files.h"
#include "library/staged_model.h"

namespace galago {

struct PairImport {
  std::filesystem::path library;
  std::string publisher;  ///< both empty: as the manifest beside the files says, else "local" and
  std::string model;      ///< the name of their folder or file
  IfInstalled if_installed = IfInstalled::kRefuse;
};

/// What it will be installed as: the manifest beside the files, or one that is made of what they
/// say. Errors: kUnsupported (the two do not fit), kIo, kFormat.
Result<ModelManifest> manifest_for_import(const ModelFiles& files);

/// The pair stays where it is. Its manifest comes along, or one is made, without hashes. Gives the
/// model as installed. Errors: kInvalidArgument (half a model; installed already), kUnsupported
/// (the two do not fit), kIo, kFormat, kCancelled.
Result<InstalledModel> import_pair(const ModelFiles& files, const PairImport& options,
                                   const std::stop_token& stop,
                                   const std::function<void(double)>& progress = {});

}  // namespace galago
