// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <string>
#include <system_error>
#include <utility>

namespace galago {
namespace {

constexpr int kAttempts = 16;

std::filesystem::path part_name(std::filesystem::path path) {
  return path += "." + std::to_string(std::random_device()()) + ".part";
}

std::string open_file(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

}  // namespace

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& path) {
  AtomicFile file(path);
  GALAGO_TRY(file.create_temporary());
  return file;
}

AtomicFile::~AtomicFile() {
  if (!file_) return;
  file_.reset();
  std::error_code ignored;
  if (!temporary_.empty()) std::filesystem::remove(temporary_, ignored);
}

Status AtomicFile::create_temporary() {
  int descriptor = create_nameless();
  if (descriptor < 0) descriptor = create_named();
  if (descriptor < 0) return io_error("the file cannot be created");
  file_.reset(::fdopen(descriptor, "wb"));
  if (!file_) {
    Error error = io_error("the file cannot be created");
    ::close(descriptor);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    return error;
  }
  return {};
}

/// -1: this file system has no such files.
int AtomicFile::create_nameless() const {
#ifdef O_TMPFILE
  const std::filesystem::path folder = path_.has_parent_path() ? path_.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  // Its name will be given through /proc.
  if (descriptor < 0 || ::access(open_file(descriptor).c_str(), F_OK) == 0) return descriptor;
  ::close(descriptor);
#endif
  return -1;
}

int AtomicFile::create_named() {
  // In the same folder, because a file can only be renamed within a file system.
  for (int i = 0; i < kAttempts; ++i) {
    temporary_ = part_name(path_);
    const int descriptor =
        ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

Status AtomicFile::write(std::span<const std::byte> bytes) {
  if (bytes.empty()) return {};
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
    return io_error("the file cannot be written");
  return {};
}

Status AtomicFile::finish() {
  // On the disk before it has its name: a crash never leaves half a file that looks whole.
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0)
    return io_error("the file cannot be written");
  GALAGO_TRY(give_name());
  file_.reset();
  return {};
}

Status AtomicFile::give_name() {
  // A link takes no other's place: it goes beside it first.
  for (int i = 0; i < kAttempts && temporary_.empty(); ++i) {
    const std::filesystem::path name = part_name(path_);
    if (::linkat(AT_FDCWD, open_file(::fileno(file_.get())).c_str(), AT_FDCWD, name.c_str(),
                 AT_SYMLINK_FOLLOW) == 0)
      temporary_ = name;
    else if (errno != EEXIST)
      break;
  }
  if (temporary_.empty() || std::rename(temporary_.c_str(), path_.c_str()) != 0)
    return io_error("the file cannot be given its name");
  return {};
}

Error AtomicFile::io_error(const char* what) const {
  return {Errc::kIo,
          std::string(what) + ": " + std::generic_category().message(errno),
          {path_.string()}};
}

Status write_text_file(const std::filesystem::path& path, std::string_view text) {
  GALAGO_TRY(AtomicFile file, AtomicFile::create(path));
  GALAGO_TRY(file.write(std::as_bytes(std::span(text))));
  return file.finish();
}

}  // namespace galago
