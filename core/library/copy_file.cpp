// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/copy_file.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <span>
#include <system_error>
#include <vector>

#include "base/atomic_file.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1U << 20;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }  // NOLINT(*-owning-memory)
};

Error read_error(const fs::path& path) {
  return {Errc::kIo,
          "the file cannot be read: " + std::generic_category().message(errno),
          {path.string()}};
}

}  // namespace

Status copy_file(const fs::path& from, const fs::path& to, const std::stop_token& stop,
                 FunctionRef<void(std::size_t bytes)> copied) {
  const std::unique_ptr<std::FILE, CloseFile> source(std::fopen(from.c_str(), "rbe"));
  if (!source) return read_error(from);
  GALAGO_TRY(AtomicFile target, AtomicFile::create(to));
  std::vector<std::byte> piece(kPiece);
  while (const std::size_t count = std::fread(piece.data(), 1, kPiece, source.get())) {
    if (stop.stop_requested()) return Error{Errc::kCancelled, {}, {}};
    GALAGO_TRY(target.write(std::span(piece).first(count)));
    copied(count);
  }
  if (std::ferror(source.get()) != 0) return read_error(from);
  return target.finish();
}

}  // namespace galago
