// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/trash.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <random>
#include <system_error>
#include <utility>

#include "base/atomic_file.h"
#include "gguf/printable.h"
#include "library/json_reader.h"
#include "library/safe_name.h"

namespace galago {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// In an entry's folder: what was removed, as "0", "1"…, and this, written first.
constexpr const char* kRecord = "removed.json";
constexpr const char* kTrash = ".trash";
constexpr const char* kGone = ".gone";  // ends the name of an entry that is being deleted
constexpr int kFormat = 1;
constexpr std::size_t kLargestRecord = 1U << 18;
constexpr std::size_t kMostPaths = 1000;

fs::path entry_folder(const fs::path& library, const std::string& id) {
  return library / kTrash / id;
}

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// A relative path of plain names: inside the library, and none of its hidden folders.
Status check_inside(const fs::path& path) {
  if (path.empty() || path.is_absolute())
    return Error{Errc::kInvalidArgument, "this does not lie in the library", {path.string()}};
  for (const fs::path& part : path) {
    if (!check_plain_name(part.string()))
      return Error{Errc::kInvalidArgument, "this does not lie in the library", {path.string()}};
  }
  return {};
}

Error rename_error(int number, const fs::path& path) {
  return {
      Errc::kIo, "it cannot be moved: " + std::generic_category().message(number), {path.string()}};
}

Status make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error)
    return Error{Errc::kIo, "the folder cannot be made: " + error.message(), {path.string()}};
  return {};
}

Status write_record(const fs::path& folder, const TrashEntry& entry) {
  json paths = json::array();
  for (const fs::path& path : entry.paths) paths.push_back(path.generic_string());
  return write_text_file(folder / kRecord, json_file_text({{"format", kFormat},
                                                           {"removed_at", entry.removed_at},
                                                           {"paths", std::move(paths)}}));
}

std::uint64_t bytes_in(const fs::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    const bool is_file = entry->is_regular_file(ignored) && !entry->is_symlink(ignored);
    const std::uint64_t size = is_file ? entry->file_size(ignored) : 0;
    if (!ignored) bytes += size;
  }
  return bytes;
}

Result<TrashEntry> read_entry(const fs::path& library, const std::string& id) {
  const Error unknown{
      Errc::kInvalidArgument, "nothing that was removed is called '" + printable(id) + "'", {}};
  if (!check_plain_name(id)) return unknown;
  const fs::path folder = entry_folder(library, id);
  std::error_code error;
  if (!fs::is_directory(folder, error)) return unknown;
  TrashEntry entry;
  entry.id = id;
  entry.bytes = bytes_in(folder);
  GALAGO_TRY(const std::string text, read_text_file(folder / kRecord, kLargestRecord));
  GALAGO_TRY(const json value, parse_json_object(text, kFormat));
  GALAGO_TRY(const auto time, json_count(value, "removed_at", 1ULL << 40));
  entry.removed_at = static_cast<std::int64_t>(time.value_or(0));
  const auto paths = value.find("paths");
  if (paths == value.end() || !paths->is_array() || paths->size() > kMostPaths)
    return Error{Errc::kFormat, "the record of what was removed is damaged", {folder.string()}};
  for (const json& item : *paths) {
    const fs::path path = item.is_string() ? item.get<std::string>() : std::string();
    GALAGO_TRY(check_inside(path));
    entry.paths.push_back(path);
  }
  return entry;
}

/// Not where a program was killed before it moved the first of it.
bool holds_anything(const fs::path& folder, const TrashEntry& entry) {
  std::error_code error;
  for (std::size_t i = 0; i < entry.paths.size(); ++i)
    if (fs::exists(fs::symlink_status(folder / std::to_string(i), error))) return true;
  return false;
}

/// A publisher's folder that has become empty.
void remove_empty_parents(const fs::path& library, const fs::path& path) {
  std::error_code error;
  for (fs::path up = path.parent_path(); !up.empty(); up = up.parent_path())
    if (!fs::remove(library / up, error)) return;
}

}  // namespace

Result<TrashEntry> move_to_trash(const fs::path& library, const std::vector<fs::path>& paths) {
  TrashEntry entry;
  entry.removed_at = now();
  entry.id = std::to_string(entry.removed_at) + "-" + std::to_string(std::random_device()());
  for (const fs::path& path : paths) {
    GALAGO_TRY(check_inside(path));
    entry.paths.push_back(path);
  }
  const fs::path folder = entry_folder(library, entry.id);
  GALAGO_TRY(make_folders(folder));
  GALAGO_TRY(write_record(folder, entry));
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const fs::path from = library / paths[i];
    if (std::rename(from.c_str(), (folder / std::to_string(i)).c_str()) == 0) continue;
    Error error = rename_error(errno, from);
    // All or nothing; what cannot be put back can still be restored.
    const Status back = restore_from_trash(library, entry.id);
    if (!back) error.detail += "; a part of it is in the trash now";
    return error;
  }
  for (const fs::path& path : paths) remove_empty_parents(library, path);
  entry.bytes = bytes_in(folder);
  return entry;
}

std::vector<TrashEntry> trash_entries(const fs::path& library) {
  std::vector<TrashEntry> entries;
  std::error_code error;
  for (fs::directory_iterator item(library / kTrash, error), end; !error && item != end;
       item.increment(error)) {
    if (item->path().extension() == kGone) continue;
    auto entry = read_entry(library, item->path().filename().string());
    if (entry && holds_anything(item->path(), *entry)) entries.push_back(*std::move(entry));
  }
  std::sort(entries.begin(), entries.end(), [](const TrashEntry& a, const TrashEntry& b) {
    return a.removed_at != b.removed_at ? a.removed_at > b.removed_at : a.id > b.id;
  });
  return entries;
}

Status restore_from_trash(const fs::path& library, const std::string& id) {
  GALAGO_TRY(const TrashEntry entry, read_entry(library, id));
  const fs::path folder = entry_folder(library, id);
  std::error_code error;
  for (std::size_t i = 0; i < entry.paths.size(); ++i) {
    const fs::path target = library / entry.paths[i];
    if (fs::exists(folder / std::to_string(i), error) && fs::exists(target, error))
      return Error{
          Errc::kInvalidArgument, "something else is in its place by now", {target.string()}};
  }
  for (std::size_t i = 0; i < entry.paths.size(); ++i) {
    const fs::path from = folder / std::to_string(i);
    if (!fs::exists(fs::symlink_status(from, error))) continue;  // it never left, or is back
    const fs::path target = library / entry.paths[i];
    GALAGO_TRY(make_folders(target.parent_path()));
    if (std::rename(from.c_str(), target.c_str()) != 0) return rename_error(errno, target);
  }
  return purge_from_trash(library, id);
}

Status purge_from_trash(const fs::path& library, const std::string& id) {
  const fs::path folder = entry_folder(library, id);
  std::error_code error;
  if (!check_plain_name(id) || !fs::is_directory(folder, error))
    return Error{
        Errc::kInvalidArgument, "nothing that was removed is called '" + printable(id) + "'", {}};
  // Half deleted, it must not be restored.
  const fs::path gone = folder.string() + kGone;
  if (std::rename(folder.c_str(), gone.c_str()) != 0) return rename_error(errno, folder);
  fs::remove_all(gone, error);
  if (error) return Error{Errc::kIo, "it cannot be deleted: " + error.message(), {gone.string()}};
  fs::remove(library / kTrash, error);  // unless there is more
  return {};
}

void purge_trash_before(const fs::path& library, std::int64_t time) {
  for (const TrashEntry& entry : trash_entries(library)) {
    if (entry.removed_at >= time) continue;
    const Status ignored = purge_from_trash(library, entry.id);  // another time, then
    (void)ignored;
  }
  std::error_code error;
  std::vector<fs::path> gone;
  for (fs::directory_iterator item(library / kTrash, error), end; !error && item != end;
       item.increment(error))
    if (item->path().extension() == kGone) gone.push_back(item->path());
  for (const fs::path& path : gone) fs::remove_all(path, error);
}

}  // namespace galago
