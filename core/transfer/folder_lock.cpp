// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace galago {
namespace {

/// Whether the path still names the open file: who held it before may have removed it.
bool is_same_file(int descriptor, const std::filesystem::path& file) {
  struct stat open_file = {};
  struct stat named = {};
  return ::fstat(descriptor, &open_file) == 0 && ::stat(file.c_str(), &named) == 0 &&
         open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& file) {
  constexpr int kAttempts = 16;
  for (int i = 0; i < kAttempts; ++i) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0)
      return Error{Errc::kIo,
                   "the folder cannot be written: " + std::generic_category().message(errno),
                   {file.string()}};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      ::close(descriptor);
      break;
    }
    if (is_same_file(descriptor, file)) return FolderLock(descriptor, file);
    ::close(descriptor);
  }
  return Error{Errc::kIo, "another program is downloading this already", {file.string()}};
}

FolderLock::FolderLock(int descriptor, std::filesystem::path file)
    : descriptor_(descriptor), file_(std::move(file)) {}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), file_(std::move(other.file_)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  if (this == &other) return *this;
  release();
  descriptor_ = std::exchange(other.descriptor_, -1);
  file_ = std::move(other.file_);
  return *this;
}

FolderLock::~FolderLock() { release(); }

void FolderLock::release() {
  if (descriptor_ < 0) return;
  ::unlink(file_.c_str());  // while held, so that it is ours
  ::close(std::exchange(descriptor_, -1));
}

}  // namespace galago
