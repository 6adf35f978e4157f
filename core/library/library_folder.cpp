// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/library_folder.h"

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/disk_room.h"
#include "library/json_reader.h"
#include "library/model_roots.h"
#include "library/user_folders.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr std::size_t kLargestFile = 1U << 16;
constexpr std::size_t kMostFolders = 100;

fs::path settings_path() {
  const fs::path config = user_config_folder();
  return config.empty() ? config : config / "library.json";
}

Result<LibraryFolders> read_folders(const fs::path& path) {
  GALAGO_TRY(const std::string text, read_text_file(path, kLargestFile));
  GALAGO_TRY(const nlohmann::json value, parse_json_object(text, kFormat));
  LibraryFolders folders;
  GALAGO_TRY(folders.library, json_text(value, "folder", kLargestFile));
  GALAGO_TRY(const nlohmann::json others, json_objects(value, "others", kMostFolders));
  for (const nlohmann::json& other : others) {
    GALAGO_TRY(fs::path folder, json_text(other, "folder", kLargestFile));
    if (folder.is_absolute()) folders.others.push_back(std::move(folder));
  }
  if (!folders.library.is_absolute()) folders.library.clear();
  return folders;
}

/// Tried, because permissions do not say all: a file system may be read-only, or none of files.
bool can_be_written(const fs::path& folder) {
  std::error_code error;
  const fs::path probe = folder / (".galago-" + std::to_string(::getpid()));
  const bool is_made = fs::create_directory(probe, error) && !error;
  if (is_made) fs::remove(probe, error);
  return is_made;
}

/// With links resolved as far as the path is there.
fs::path real_path(const fs::path& folder) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(folder, error);
  const fs::path path = (error ? folder : real).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

bool is_inside(const fs::path& inner, const fs::path& outer) {
  const fs::path relative = inner.lexically_relative(outer);
  return !relative.empty() && *relative.begin() != ".." && relative != ".";
}

}  // namespace

fs::path usual_library_folder() {
  const fs::path users = user_data_folder();
  return users.empty() ? users : users / "models";
}

fs::path library_folder() {
  const char* list = std::getenv("GALAGO_MODELS");
  const std::string_view folders = list == nullptr ? "" : list;
  const std::size_t begin = folders.find_first_not_of(':');
  if (begin != std::string_view::npos)
    return folders.substr(begin, folders.find(':', begin) - begin);
  fs::path chosen = chosen_library_folders().library;
  return chosen.empty() ? usual_library_folder() : chosen;
}

LibraryFolders chosen_library_folders() {
  const fs::path path = settings_path();
  if (path.empty()) return {};
  // A file that cannot be read must not keep models from being found.
  auto folders = read_folders(path);
  return folders ? *std::move(folders) : LibraryFolders();
}

Status set_library_folders(const LibraryFolders& folders) {
  nlohmann::json others = nlohmann::json::array();
  for (const fs::path& other : folders.others) others.push_back({{"folder", other.string()}});
  if (!folders.library.empty() && !folders.library.is_absolute())
    return Error{
        Errc::kInvalidArgument, "the folder's path has to be absolute", {folders.library.string()}};
  return write_user_file(settings_path(), json_file_text({{"format", kFormat},
                                                          {"folder", folders.library.string()},
                                                          {"others", std::move(others)}}));
}

Status set_library_folder(const fs::path& folder) {
  LibraryFolders folders = chosen_library_folders();
  const fs::path before = folders.library.empty() ? usual_library_folder() : folders.library;
  const fs::path after = folder.empty() ? usual_library_folder() : folder;
  std::error_code error;
  // The usual one is always looked into.
  const bool has_content = fs::exists(before, error) && !fs::is_empty(before, error);
  if (has_content && before != usual_library_folder()) folders.others.push_back(before);
  std::erase(folders.others, after);
  folders.library = after == usual_library_folder() ? fs::path() : after;
  return set_library_folders(folders);
}

Status check_library_folder(const fs::path& folder) {
  const auto refuse = [&](Errc code, std::string why) {
    return Error{code, std::move(why), {folder.string()}};
  };
  if (!folder.is_absolute())
    return refuse(Errc::kInvalidArgument, "the folder's path has to be absolute");
  std::error_code error;
  const fs::path there = nearest_there(folder);
  if (!fs::is_directory(there, error))
    return refuse(Errc::kInvalidArgument, "this is a file, not a folder");
  if (!can_be_written(there)) return refuse(Errc::kIo, "this folder cannot be written to");
  const fs::path real = real_path(folder);
  const fs::path library = real_path(library_folder());
  if (is_inside(real, library) || is_inside(library, real))
    return refuse(Errc::kInvalidArgument,
                  "one of the two folders lies in the other; choose one beside it");
  for (const ModelRoot& root : cache_roots()) {
    const fs::path cache = real_path(root.folder);
    if (real == cache || is_inside(real, cache))
      return refuse(Errc::kInvalidArgument, "another program keeps its models in this folder");
  }
  return {};
}

}  // namespace galago
