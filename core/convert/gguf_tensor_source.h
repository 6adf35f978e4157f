// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The tensors of a GGUF file, of any type that this program reads.
#pragma once

#include <filesystem>
#include <memory>

#include "convert/tensor_source.h"
#include "gguf/gguf_reader.h"

namespace galago {

class GgufTensorSource : public TensorSource {
 public:
  /// Errors: those of GgufFile::open; kUnsupported (a type that this program does not read, one
  /// part of a split model, absurdly many tensors).
  static Result<std::unique_ptr<GgufTensorSource>> open(const std::filesystem::path& path);

  const GgufHeader& header() const override { return header_; }

  Status read(std::size_t index, std::int64_t first, std::span<float> out) const override;
  bool read_stored(std::size_t index, std::uint64_t first, std::span<std::byte> out) const override;

 private:
  explicit GgufTensorSource(std::shared_ptr<const GgufFile> file);

  Status copy_header();

  std::shared_ptr<const GgufFile> file_;
  GgufHeader header_;
};

}  // namespace galago
