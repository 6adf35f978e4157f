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

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& path) {
  AtomicFile file(path);
  GALAGO_TRY(file.create_temporary());
  return file;
}

AtomicFile::~AtomicFile() {
  if (!file_) return;
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(temporary_, ignored);
}

Status AtomicFile::create_temporary() {
  // In the same folder, because a file can only be renamed within a file system.
  constexpr int kAttempts = 16;
  std::random_device random;
  int descriptor = -1;
  for (int i = 0; i < kAttempts && descriptor < 0; ++i) {
    temporary_ = path_;
    temporary_ += "." + std::to_string(random()) + ".part";
    descriptor = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno != EEXIST) break;
  }
  if (descriptor < 0) return io_error("the file cannot be created");
  file_.reset(::fdopen(descriptor, "wb"));
  if (!file_) {
    Error error = io_error("the file cannot be created");
    ::close(descriptor);
    ::unlink(temporary_.c_str());
    return error;
  }
  return {};
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
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0)
    return io_error("the file cannot be given its name");
  file_.reset();
  return {};
}

Error AtomicFile::io_error(const char* what) const {
  return {Errc::kIo,
          std::string(what) + ": " + std::generic_category().message(errno),
          {path_.string()}};
}

}  // namespace galago
