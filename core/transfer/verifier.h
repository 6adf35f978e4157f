// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Whether the files of an installed model are what they should be. Blocking.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "library/installed_models.h"
#include "library/manifest.h"

namespace galago {

enum class FileState : std::uint8_t {
  kWhole,      ///< as its hash says
  kFirstSeen,  ///< nobody stated its hash before: this one is trusted from now on
  kMissing,
  kWrongSize,
  kWrongHash,
  kUnreadable,
};

/// "whole", "first seen", "missing", "wrong size", "wrong content", "unreadable"
std::string_view state_name(FileState state);

bool is_good(FileState state);

struct VerifiedFile {
  ManifestFile file;  ///< with the size and the hash it has
  FileState state = FileState::kWhole;
};

struct VerifyReport {
  std::vector<VerifiedFile> files;
  ModelManifest manifest;       ///< complete where all is good
  bool wrote_manifest = false;  ///< hashes were added to the one beside the model
  bool is_whole() const;
  /// Whether a hash was taken on trust just now.
  bool has_first_seen() const;
};

/// Bytes done of bytes in all.
using TransferProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// For who wants to know the part that is done, from 0 to 1.
TransferProgress in_shares(std::function<void(double share)> show);

/// Hashes what the manifest names; without one, what the model is made of. Hashes that are missing
/// are added to the manifest of a model in the library, if nothing is wrong; what lies elsewhere is
/// never written to. A file of Hugging Face's cache has its hash as the name that it links to.
/// Errors: kCancelled; kIo where the manifest cannot be written.
Result<VerifyReport> verify_model(const InstalledModel& model, const std::stop_token& stop,
                                  const TransferProgress& progress = {});

}  // namespace galago
