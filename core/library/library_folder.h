// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The library: the folder that Galago puts models into, as publisher/model. Folders in it whose
// names begin with a dot hold what is coming or going, and are never looked into for models.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace galago {

/// The first of $GALAGO_MODELS, else the one that was set, else galago/models in the user's data
/// folder. It need not exist. Empty: there is no home.
std::filesystem::path library_folder();

/// The one that set_library_folder() was given last; empty: none.
std::filesystem::path chosen_library_folder();

/// Remembers it in galago/library.json of the configuration folder, for every program of Galago;
/// empty: the usual one again. Nothing is moved. Errors: kInvalidArgument (not absolute), kIo.
Status set_library_folder(const std::filesystem::path& folder);

}  // namespace galago
