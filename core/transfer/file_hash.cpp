// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/file_hash.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

namespace galago {
namespace {

constexpr std::size_t kPiece = 1U << 20;

Error read_error(const std::filesystem::path& path) {
  return {Errc::kIo,
          "the file cannot be read: " + std::generic_category().message(errno),
          {path.string()}};
}

Result<std::uint64_t> hash_descriptor(int descriptor, QCryptographicHash& hash,
                                      const std::filesystem::path& path,
                                      const std::stop_token& stop, const HashProgress& progress) {
  std::vector<char> piece(kPiece);
  std::uint64_t done = 0;
  for (;;) {
    if (stop.stop_requested()) return Error{Errc::kCancelled, {}, {}};
    const ssize_t count = ::read(descriptor, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return read_error(path);
    if (count == 0) return done;
    hash.addData(QByteArray::fromRawData(piece.data(), count));  // Qt 6.2 has no view here
    done += static_cast<std::uint64_t>(count);
    if (progress) progress(done);
  }
}

}  // namespace

Result<std::uint64_t> hash_into(QCryptographicHash& hash, const std::filesystem::path& path,
                                const std::stop_token& stop, const HashProgress& progress) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return read_error(path);
  auto size = hash_descriptor(descriptor, hash, path, stop, progress);
  ::close(descriptor);
  return size;
}

Result<std::string> file_sha256(const std::filesystem::path& path, const std::stop_token& stop,
                                const HashProgress& progress) {
  QCryptographicHash hash(QCryptographicHash::Sha256);
  GALAGO_TRY(hash_into(hash, path, stop, progress));
  return hash_text(hash);
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

std::string hash_text(const QCryptographicHash& hash) {
  return hash.result().toHex().toStdString();
}

}  // namespace galago
