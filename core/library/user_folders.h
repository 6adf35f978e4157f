// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A person's own folders, by the XDG base directory specification.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace galago {

/// $HOME; empty where it is unset or no absolute path.
std::filesystem::path home_folder();

/// galago under $XDG_CONFIG_HOME (~/.config) or $XDG_DATA_HOME (~/.local/share). Empty: there is no
/// home.
std::filesystem::path user_config_folder();
std::filesystem::path user_data_folder();

/// The same under $XDG_STATE_HOME (~/.local/state): what was found out, and can be again.
std::filesystem::path user_state_folder();

/// Writes a file of such a folder, which is made if need be, in one step. An empty path, from an
/// empty folder: there is no home. Errors: kIo.
Status write_user_file(const std::filesystem::path& path, std::string_view text);

/// $XDG_CACHE_HOME (~/.cache), which other programs share. Empty: there is no home.
std::filesystem::path user_cache_root();

}  // namespace galago
