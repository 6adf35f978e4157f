// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/staged_model.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <random>
#include <system_error>
#include <utility>

#include "library/safe_name.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStaging = ".incoming";

Error io_error(const char* what, int number, const fs::path& path) {
  return {Errc::kIo,
          std::string(what) + ": " + std::generic_category().message(number),
          {path.string()}};
}

Status make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  return error ? Status(io_error("the folder cannot be made", error.value(), path)) : Status();
}

/// Opens a folder and locks it; -1: it is gone, or somebody has it.
int lock_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return -1;
  struct stat locked = {};
  struct stat named = {};
  // Between opening and locking, somebody may have taken it for a stale one and removed it.
  const bool is_ours = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 &&
                       ::fstat(descriptor, &locked) == 0 && ::lstat(folder.c_str(), &named) == 0 &&
                       locked.st_ino == named.st_ino;
  if (is_ours) return descriptor;
  ::close(descriptor);
  return -1;
}

/// Folders that no running program fills.
void remove_stale(const fs::path& staging) {
  std::error_code error;
  for (fs::directory_iterator entry(staging, error), end; !error && entry != end;
       entry.increment(error)) {
    const int lock = lock_folder(entry->path());
    if (lock < 0) continue;
    std::error_code ignored;
    fs::remove_all(entry->path(), ignored);
    ::close(lock);
  }
}

Status sync_path(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return io_error("the file cannot be opened", errno, path);
  const int status = ::fsync(descriptor);
  const int number = errno;
  ::close(descriptor);
  // Some file systems cannot, for folders; there is nothing more to be done on them.
  if (status != 0 && number != EINVAL) return io_error("the file cannot be written", number, path);
  return {};
}

Error installed_already(const fs::path& folder) {
  return {Errc::kInvalidArgument, "a model of that name is installed already", {folder.string()}};
}

Status rename_folder(const fs::path& from, const fs::path& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0) return {};
  if (errno == ENOTEMPTY || errno == EEXIST) return installed_already(to);
  return io_error("the folder cannot be given its name", errno, to);
}

/// The two change places, in one step where the file system can.
Status exchange_folders(const fs::path& from, const fs::path& to) {
#ifdef RENAME_EXCHANGE
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) == 0) return {};
  if (errno != EINVAL && errno != ENOSYS)
    return io_error("the folder cannot be given its name", errno, to);
#endif
  const fs::path aside = from.string() + ".old";
  GALAGO_TRY(rename_folder(to, aside));
  if (Status moved = rename_folder(from, to); !moved) {
    std::rename(aside.c_str(), to.c_str());
    return moved;
  }
  return rename_folder(aside, from);
}

}  // namespace

Status check_place(const fs::path& library, const std::string& publisher, const std::string& model,
                   IfInstalled if_installed) {
  const fs::path folder = library / publisher / model;
  std::error_code ignored;
  // As for install(), an empty folder is nothing.
  const bool is_taken = fs::exists(folder, ignored) && !fs::is_empty(folder, ignored);
  if (is_taken && if_installed == IfInstalled::kRefuse) return installed_already(folder);
  return {};
}

Result<StagedModel> StagedModel::create(const fs::path& library) {
  const fs::path staging = library / kStaging;
  GALAGO_TRY(make_folders(staging));
  remove_stale(staging);
  constexpr int kAttempts = 16;
  std::random_device random;
  fs::path folder;
  for (int i = 0; i < kAttempts; ++i) {
    folder = staging / std::to_string(random());
    std::error_code error;
    if (!fs::create_directory(folder, error) && error)
      return io_error("the folder cannot be made", error.value(), folder);
    const int lock = lock_folder(folder);
    if (lock >= 0) return StagedModel(library, std::move(folder), lock);
  }
  return Error{Errc::kIo, "no folder can be made and locked", {staging.string()}};
}

StagedModel::StagedModel(StagedModel&& other) noexcept
    : library_(std::move(other.library_)),
      folder_(std::exchange(other.folder_, {})),
      lock_(std::exchange(other.lock_, -1)) {}

StagedModel::~StagedModel() { remove(); }

void StagedModel::remove() {
  std::error_code ignored;
  if (!folder_.empty()) {
    fs::remove_all(folder_, ignored);
    fs::remove(folder_.parent_path(), ignored);  // unless somebody else is filling one
  }
  folder_.clear();
  if (lock_ >= 0) ::close(std::exchange(lock_, -1));
}

Result<fs::path> StagedModel::install(const std::string& publisher, const std::string& model,
                                      IfInstalled if_installed) {
  GALAGO_TRY(check_plain_name(publisher));
  GALAGO_TRY(check_plain_name(model));
  fs::path target = library_ / publisher / model;
  GALAGO_TRY(make_folders(target.parent_path()));
  GALAGO_TRY(sync_folder(folder_));
  std::error_code error;
  if (if_installed == IfInstalled::kReplace && fs::exists(target, error)) {
    GALAGO_TRY(exchange_folders(folder_, target));
    remove();  // what is there now is the old one
  } else {
    GALAGO_TRY(rename_folder(folder_, target));
    folder_.clear();
    fs::remove(library_ / kStaging, error);
    remove();
  }
  GALAGO_TRY(sync_path(target.parent_path(), O_DIRECTORY));
  return target;
}

Status sync_folder(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_regular_file(error)) {
      GALAGO_TRY(sync_path(entry->path(), 0));
    }
  }
  if (error) return io_error("the folder cannot be read", error.value(), folder);
  return sync_path(folder, O_DIRECTORY);
}

}  // namespace galago
