// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/library_folder.h"

#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "base/atomic_file.h"
#include "library/json_reader.h"
#include "library/user_folders.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr std::size_t kLargestFile = 1U << 16;

fs::path settings_path() {
  const fs::path config = user_config_folder();
  return config.empty() ? config : config / "library.json";
}

Result<std::string> read_folder(const fs::path& path) {
  GALAGO_TRY(const std::string text, read_text_file(path, kLargestFile));
  GALAGO_TRY(const nlohmann::json value, parse_json_object(text, kFormat));
  return json_text(value, "folder", kLargestFile);
}

}  // namespace

fs::path library_folder() {
  const char* list = std::getenv("GALAGO_MODELS");
  const std::string_view folders = list == nullptr ? "" : list;
  const std::size_t begin = folders.find_first_not_of(':');
  if (begin != std::string_view::npos)
    return folders.substr(begin, folders.find(':', begin) - begin);
  fs::path chosen = chosen_library_folder();
  if (!chosen.empty()) return chosen;
  const fs::path users = user_data_folder();
  return users.empty() ? users : users / "models";
}

fs::path chosen_library_folder() {
  const fs::path path = settings_path();
  if (path.empty()) return {};
  // A file that cannot be read must not keep models from being found.
  const auto folder = read_folder(path);
  const fs::path chosen = folder ? fs::path(*folder) : fs::path();
  return chosen.is_absolute() ? chosen : fs::path();
}

Status set_library_folder(const fs::path& folder) {
  if (!folder.empty() && !folder.is_absolute())
    return Error{Errc::kInvalidArgument, "the folder's path has to be absolute", {folder.string()}};
  const fs::path path = settings_path();
  if (path.empty()) return Error{Errc::kIo, "there is no folder for settings (HOME is unset)", {}};
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error)
    return Error{Errc::kIo, "the folder cannot be made: " + error.message(), {path.string()}};
  const std::string text = json_file_text({{"format", kFormat}, {"folder", folder.string()}});
  GALAGO_TRY(AtomicFile file, AtomicFile::create(path));
  GALAGO_TRY(file.write(std::as_bytes(std::span(text))));
  return file.finish();
}

}  // namespace galago
