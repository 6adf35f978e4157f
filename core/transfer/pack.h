// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A pack, NAME.galago: an installed model as one file, for another machine. Its first entry is the
// manifest, the others are the files that it lists. A bundle holds several models, and may hold the
// settings and sample pictures of an installation: its first entry is galago-bundle.json. Both are
// verified while they come in, and what is not whole leaves nothing. Blocking.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "library/installed_models.h"
#include "library/staged_model.h"
#include "transfer/verifier.h"

namespace galago {

/// Hashes the model, then writes the pack in place of an older one. Errors: kHash, where a file is
/// not what its manifest says; kIo, kCancelled.
Status export_pack(const InstalledModel& model, const std::filesystem::path& target,
                   const std::stop_token& stop, const TransferProgress& progress = {});

struct BundleContent {
  std::vector<InstalledModel> models;
  std::filesystem::path settings;  ///< a file; empty: none
  std::filesystem::path samples;   ///< a folder of plain files; empty: none
};

/// Errors: those of export_pack; kInvalidArgument, two models of one name.
Status export_bundle(const BundleContent& content, const std::filesystem::path& target,
                     const std::stop_token& stop, const TransferProgress& progress = {});

/// What a pack or bundle says that it holds.
struct PackContent {
  std::vector<ModelManifest> models;
  bool is_bundle = false;
  bool has_settings = false;
  bool has_samples = false;
  std::uint64_t bytes = 0;  ///< of all files
};

/// Reads the lists, not the files. Errors: kIo, kFormat, kUnsupported.
Result<PackContent> read_pack(const std::filesystem::path& path);

struct PackImport {
  std::filesystem::path library;
  IfInstalled if_installed = IfInstalled::kRefuse;
  std::filesystem::path settings;  ///< where a bundle's settings go; empty: they are left out
  std::filesystem::path samples;   ///< the folder for a bundle's samples; empty: they are left out
};

struct PackResult {
  std::vector<std::string> models;  ///< "publisher/model"
  std::vector<std::filesystem::path> folders;
  bool has_settings = false;  ///< the bundle holds some, taken or not
  bool has_samples = false;
};

/// Installs the model of a pack, or those of a bundle. Each file is compared with its manifest
/// while it is written; the pair has to fit. Nothing appears before all is whole. Errors: kFormat,
/// kHash, kUnsupported, kInvalidArgument (installed already), kIo, kCancelled.
Result<PackResult> import_pack(const std::filesystem::path& path, const PackImport& options,
                               const std::stop_token& stop, const TransferProgress& progress = {});

}  // namespace galago
