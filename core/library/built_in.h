// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The demonstration model: told by its place, not by what a file says of itself, which any may say.
#pragma once

#include <filesystem>
#include <string>

#include "library/model_files.h"

namespace galago {

/// Where it lies; empty: Galago's own files are not there.
std::filesystem::path built_in_folder();

/// Without a projector. `name` is what any other model there is called.
ModelFiles built_in_or(std::string name, const std::filesystem::path& language_model);

}  // namespace galago
