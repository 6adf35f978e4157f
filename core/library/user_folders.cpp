// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/user_folders.h"

#include <cstdlib>
#include <system_error>

#include "base/atomic_file.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// The specification says to ignore paths that are not absolute.
fs::path absolute_variable(const char* name) {
  const char* value = std::getenv(name);
  const fs::path path = value == nullptr ? "" : value;
  return path.is_absolute() ? path : fs::path();
}

fs::path xdg_folder(const char* variable, const fs::path& below_home) {
  fs::path folder = absolute_variable(variable);
  if (!folder.empty()) return folder;
  const fs::path home = home_folder();
  return home.empty() ? fs::path() : home / below_home;
}

fs::path own(const fs::path& root) { return root.empty() ? root : root / "galago"; }

}  // namespace

fs::path home_folder() { return absolute_variable("HOME"); }

fs::path user_config_folder() { return own(xdg_folder("XDG_CONFIG_HOME", ".config")); }

fs::path user_data_folder() { return own(xdg_folder("XDG_DATA_HOME", ".local/share")); }

fs::path user_state_folder() { return own(xdg_folder("XDG_STATE_HOME", ".local/state")); }

Status write_user_file(const fs::path& path, std::string_view text) {
  if (path.empty()) return Error{Errc::kIo, "there is no folder for it (HOME is unset)", {}};
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error)
    return Error{Errc::kIo, "the folder cannot be made: " + error.message(), {path.string()}};
  return write_text_file(path, text);
}

fs::path user_cache_root() { return xdg_folder("XDG_CACHE_HOME", ".cache"); }

}  // namespace galago
