// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writes GGUF v3 files. The data of the tensors is streamed, so that a model never has to be in
// memory; the file appears under its name only when it is complete.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "gguf/gguf_header.h"

namespace galago {

class GgufWriter {
 public:
  /// Writes the head to a temporary file beside `path`. Errors: kIo, kInvalidArgument.
  static Result<GgufWriter> create(const std::filesystem::path& path, GgufHeader header);

  GgufWriter(GgufWriter&&) = default;
  GgufWriter& operator=(GgufWriter&&) = delete;
  /// Removes what was written, unless finish() succeeded.
  ~GgufWriter();

  /// The next bytes of the tensors' data, which follow each other in the header's order. One call
  /// may bring a part of a tensor, but not parts of two. Errors: kIo, kInvalidArgument (more bytes
  /// than the tensor has).
  Status write(std::span<const std::byte> bytes);

  /// Gives the file its name, in place of an older one. Errors: kIo, kInvalidArgument (data of
  /// tensors is missing).
  Status finish();

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  GgufWriter(std::filesystem::path path, GgufHeader header);
  Status create_temporary();
  Status put(std::span<const std::byte> bytes);
  Error io_error(const char* what) const;

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  GgufHeader header_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::size_t tensor_ = 0;     // the one being written
  std::uint64_t written_ = 0;  // bytes of it
};

}  // namespace galago
