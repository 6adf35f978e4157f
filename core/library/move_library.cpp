// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/move_library.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/disk_room.h"
#include "library/copy_file.h"
#include "library/library_folder.h"
#include "library/staged_model.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kComing = ".incoming";  // of running programs

Error io_error(const char* what, const std::error_code& error, const fs::path& path) {
  return {Errc::kIo, std::string(what) + ": " + error.message(), {path.string()}};
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    entries.push_back(entry->path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() == fs::file_type::directory;
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

std::uint64_t bytes_of(const fs::path& path) {
  std::error_code error;
  if (fs::symlink_status(path, error).type() == fs::file_type::regular) {
    const auto size = fs::file_size(path, error);
    return error ? 0 : size;
  }
  std::uint64_t bytes = 0;
  if (is_folder(path))
    for (const fs::path& entry : entries_of(path)) bytes += bytes_of(entry);
  return bytes;
}

/// What moves in one step: models (publisher/model), removals (.trash/id), partial downloads, and
/// whatever else lies there. Relative to the library.
std::vector<fs::path> units_of(const fs::path& library) {
  std::vector<fs::path> units;
  for (const fs::path& entry : entries_of(library)) {
    if (entry.filename() == kComing) continue;
    if (!is_folder(entry)) {
      units.push_back(entry.filename());
      continue;
    }
    const std::vector<fs::path> inner = entries_of(entry);
    const bool is_group = std::all_of(inner.begin(), inner.end(), is_folder);
    if (!is_group) units.push_back(entry.filename());
    if (is_group)
      for (const fs::path& one : inner) units.push_back(entry.filename() / one.filename());
  }
  return units;
}

class Mover {
 public:
  Mover(const fs::path& from, const fs::path& to, const std::stop_token& stop,
        const std::function<void(double)>& progress)
      : from_(from), to_(to), stop_(stop), progress_(progress) {}

  Status run() {
    const std::vector<fs::path> units = units_of(from_);
    for (const fs::path& unit : units) total_ += bytes_of(from_ / unit);
    if (!is_same_disk()) {
      GALAGO_TRY(check_room(to_, total_));
    }
    std::string taken;
    for (const fs::path& unit : units) {
      if (stop_.stop_requested()) return Error{Errc::kCancelled, {}, {}};
      if (is_there(to_ / unit))
        taken += (taken.empty() ? "" : ", ") + unit.string();
      else
        GALAGO_TRY(move(unit));
    }
    remove_empty_folders();
    if (taken.empty()) return {};
    return Error{Errc::kInvalidArgument,
                 "these stayed, because the new folder has something of that name: " + taken,
                 {from_.string()}};
  }

 private:
  bool is_same_disk() const {
    // A trial: file systems say little about whether a rename between two folders will do.
    std::error_code error;
    const fs::path probe = from_ / ".moving";
    const fs::path there = to_ / ".moving";
    if (!fs::create_directory(probe, error) || error) return false;
    fs::rename(probe, there, error);
    const bool can_rename = !error;
    std::error_code ignored;
    fs::remove(can_rename ? there : probe, ignored);
    return can_rename;
  }

  Status move(const fs::path& unit) {
    std::error_code error;
    fs::create_directories((to_ / unit).parent_path(), error);
    if (error) return io_error("the folder cannot be made", error, (to_ / unit).parent_path());
    const std::uint64_t bytes = bytes_of(from_ / unit);
    fs::rename(from_ / unit, to_ / unit, error);
    if (!error) {
      add(bytes);
      return {};
    }
    GALAGO_TRY(copy_unit(unit));
    fs::remove_all(from_ / unit, error);
    return error ? Status(io_error("it was moved, but cannot be removed here", error, from_ / unit))
                 : Status();
  }

  /// Into a hidden folder first, so that it appears whole.
  Status copy_unit(const fs::path& unit) {
    GALAGO_TRY(const StagedModel staged, StagedModel::create(to_));
    const fs::path whole = staged.folder() / "whole";
    GALAGO_TRY(copy(from_ / unit, whole));
    std::error_code error;
    fs::rename(whole, to_ / unit, error);
    if (error) return io_error("it cannot be given its name", error, to_ / unit);
    return sync_folder((to_ / unit).parent_path());
  }

  Status copy(const fs::path& from, const fs::path& to) {
    std::error_code error;
    const fs::file_type type = fs::symlink_status(from, error).type();
    if (type == fs::file_type::symlink) {
      fs::copy_symlink(from, to, error);
      return error ? Status(io_error("the link cannot be copied", error, from)) : Status();
    }
    if (type == fs::file_type::regular)
      return copy_file(from, to, stop_, [this](std::size_t bytes) { add(bytes); });
    if (type != fs::file_type::directory) return {};
    fs::create_directory(to, error);
    if (error) return io_error("the folder cannot be made", error, to);
    for (const fs::path& entry : entries_of(from)) {
      GALAGO_TRY(copy(entry, to / entry.filename()));
    }
    return sync_folder(to);
  }

  void add(std::uint64_t bytes) {
    done_ += bytes;
    if (progress_ && total_ > 0)
      progress_(std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_)));
  }

  /// The publishers' and the library's own, where nothing is left in them.
  void remove_empty_folders() const {
    std::error_code ignored;
    for (const fs::path& entry : entries_of(from_))
      if (is_folder(entry)) fs::remove(entry, ignored);
    fs::remove(from_, ignored);
  }

  const fs::path& from_;
  const fs::path& to_;
  const std::stop_token& stop_;
  const std::function<void(double)>& progress_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
};

}  // namespace

LibraryContent library_content(const fs::path& library) {
  LibraryContent content;
  for (const fs::path& unit : units_of(library)) {
    if (unit.string().front() == '.') continue;
    if (is_folder(library / unit)) ++content.models;
    content.bytes += bytes_of(library / unit);
  }
  return content;
}

Status move_library(const fs::path& from, const fs::path& to, const std::stop_token& stop,
                    const std::function<void(double)>& progress) {
  GALAGO_TRY(check_library_folder(to));
  std::error_code error;
  fs::create_directories(to, error);
  if (error) return io_error("the folder cannot be made", error, to);
  GALAGO_TRY(set_library_folder(to));
  GALAGO_TRY(Mover(from, to, stop, progress).run());
  LibraryFolders folders = chosen_library_folders();
  std::erase(folders.others, from);
  return set_library_folders(folders);
}

}  // namespace galago
