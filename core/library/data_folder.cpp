// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/data_folder.h"

#include <cstdlib>
#include <system_error>

#include "library/user_folders.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

}  // namespace

fs::path data_folder_of(const fs::path& program) {
  fs::path folder = program.parent_path();
  for (int level = 0; level < 2 && folder.has_relative_path(); ++level) {
    folder = folder.parent_path();
    const fs::path data = folder / "share" / "galago";
    std::error_code error;
    if (fs::is_directory(data, error)) return data;
  }
  return {};
}

fs::path data_folder() {
  if (const char* other = std::getenv("GALAGO_DATA"); other != nullptr) return other;
  std::error_code error;
  // The file itself: a link to the program may lie anywhere.
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : data_folder_of(program);
}

fs::path samples_folder() {
  const fs::path users = user_data_folder();
  std::error_code error;
  if (!users.empty() && fs::exists(users / "samples" / "samples.json", error))
    return users / "samples";
  return data_folder() / "samples";
}

}  // namespace galago
