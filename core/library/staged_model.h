// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A model on its way into the library: a hidden folder there that is filled, and then appears as
// publisher/model in one step. A program that is killed leaves the old state or the new one; what
// it left of the hidden folder goes when the next model is staged.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace galago {

enum class IfInstalled {
  kRefuse,   ///< an error
  kReplace,  ///< the new one takes its place in one step, the old one is deleted then
};

/// Whether a model may be installed under that name: to be asked before long work, install() is
/// what decides. Errors: kInvalidArgument (it is there already).
Status check_place(const std::filesystem::path& library, const std::string& publisher,
                   const std::string& model, IfInstalled if_installed);

class StagedModel {
 public:
  /// Makes the library, if need be, and an empty folder in it. Errors: kIo.
  static Result<StagedModel> create(const std::filesystem::path& library);

  StagedModel(StagedModel&& other) noexcept;
  StagedModel& operator=(StagedModel&&) = delete;
  StagedModel(const StagedModel&) = delete;
  /// Removes what was not installed.
  ~StagedModel();

  /// Where to put the files.
  const std::filesystem::path& folder() const { return folder_; }

  /// Writes everything to the disk and gives the folder its name; to be called once. The names must
  /// be plain (safe_name.h). Gives the model's folder. Errors: kInvalidArgument (it is there
  /// already), kFormat (names), kIo.
  Result<std::filesystem::path> install(const std::string& publisher, const std::string& model,
                                        IfInstalled if_installed);

 private:
  StagedModel(std::filesystem::path library, std::filesystem::path folder, int lock)
      : library_(std::move(library)), folder_(std::move(folder)), lock_(lock) {}

  void remove();

  std::filesystem::path library_;
  std::filesystem::path folder_;  // empty: moved away
  int lock_ = -1;                 // the folder's descriptor, locked: somebody is filling it
};

/// What lies in `folder`, and the folder itself, are on the disk. Errors: kIo.
Status sync_folder(const std::filesystem::path& folder);

}  // namespace galago
