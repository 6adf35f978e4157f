// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Moves the library to another folder. A model is in its old place until it is whole in the new
// one, and Galago looks into both folders meanwhile, so that nothing is lost or hidden, whenever
// this ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

#include "base/result.h"

namespace galago {

/// What there is to move.
struct LibraryContent {
  int models = 0;  ///< folders of models
  std::uint64_t bytes = 0;
};

LibraryContent library_content(const std::filesystem::path& library);

/// `to` becomes the library (library_folder.h); what was removed and can be put back, and what is
/// half downloaded, come along. What has a name that is taken in `to` already stays where it is, as
/// does what had not been moved at an error; the old folder is then still looked into. Errors:
/// kInvalidArgument (check_library_folder; some names were taken), kIo, kCancelled.
Status move_library(const std::filesystem::path& from, const std::filesystem::path& to,
                    const std::stop_token& stop, const std::function<void(double)>& progress = {});

}  // namespace galago
