// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writes GGUF v3 files. The data of the tensors is streamed, so that a model never has to be in
// memory; the file appears under its name only when it is complete.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/atomic_file.h"
#include "base/result.h"
#include "gguf/gguf_header.h"

namespace galago {

class GgufWriter {
 public:
  /// Writes the head to a temporary file beside `path`; destroyed before finish(), the writer
  /// removes it. Errors: kIo, kInvalidArgument.
  static Result<GgufWriter> create(const std::filesystem::path& path, GgufHeader header);

  /// The next bytes of the tensors' data, which follow each other in the header's order. One call
  /// may bring a part of a tensor, but not parts of two. Errors: kIo, kInvalidArgument (more bytes
  /// than the tensor has).
  Status write(std::span<const std::byte> bytes);

  /// Gives the file its name, in place of an older one. Errors: kIo, kInvalidArgument (data of
  /// tensors is missing).
  Status finish();

 private:
  GgufWriter(AtomicFile file, GgufHeader header);

  AtomicFile file_;
  GgufHeader header_;
  std::size_t tensor_ = 0;     // the one being written
  std::uint64_t written_ = 0;  // bytes of it
};

}  // namespace galago
