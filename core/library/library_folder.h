// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The library: the folder that Galago puts models into, as publisher/model. Folders in it whose
// names begin with a dot hold what is coming or going, and are never looked into for models.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"

namespace galago {

/// The first of $GALAGO_MODELS, else the one that was set, else galago/models in the user's data
/// folder. It need not exist. Empty: there is no home.
std::filesystem::path library_folder();

/// The one that is used when none was set. Empty: there is no home.
std::filesystem::path usual_library_folder();

/// What was set, in galago/library.json of the configuration folder, for every program of Galago.
struct LibraryFolders {
  std::filesystem::path library;              ///< empty: the usual one
  std::vector<std::filesystem::path> others;  ///< libraries of before, with models that stayed
};

/// Paths that are not absolute, and a file that cannot be read, count as nothing.
LibraryFolders chosen_library_folders();

/// Nothing is moved. Errors: kInvalidArgument (not absolute), kIo.
Status set_library_folders(const LibraryFolders& folders);

/// The library alone: the one before is kept among the others, unless nothing is in it.
Status set_library_folder(const std::filesystem::path& folder);

/// Whether models can be put there: it is, or can be made, a folder that may be written to, no
/// other program keeps its models in it, and neither it nor the library lies in the other. Errors:
/// kInvalidArgument, kIo.
Status check_library_folder(const std::filesystem::path& folder);

}  // namespace galago
