// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Brings a model that lies anywhere into the library. Blocking: for a thread that may wait.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>

#include "base/result.h"

namespace galago::ui {

/// `path`: one file of a pair, whose other one lies beside it, or a pack or bundle (.galago), whose
/// settings and samples are left out. Errors: those of import_pair and import_pack.
Status importModelFile(const std::filesystem::path& path, const std::filesystem::path& library,
                       const std::stop_token& stop, const std::function<void(double)>& progress);

}  // namespace galago::ui
