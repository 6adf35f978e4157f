// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Tensors of a model to be written as one GGUF file, wherever they come from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "gguf/gguf_header.h"

namespace galago {

class TensorSource {
 public:
  TensorSource() = default;
  TensorSource(const TensorSource&) = delete;
  TensorSource& operator=(const TensorSource&) = delete;
  virtual ~TensorSource() = default;

  /// The metadata of the file to be, and its tensors in order: names, shapes, and the types that
  /// they are stored in at the source.
  virtual const GgufHeader& header() const = 0;

  /// The elements of tensor `index` from element `first`, as f32; both `first` and out.size() are
  /// whole rows. May be called from several threads. Errors: kFormat, kIo.
  virtual Status read(std::size_t index, std::int64_t first, std::span<float> out) const = 0;

  /// The bytes of tensor `index` from byte `first`, as a GGUF file keeps them, so that a type that
  /// stays needs no rounding. False: this source cannot; read() gives the elements.
  virtual bool read_stored(std::size_t index, std::uint64_t first, std::span<std::byte> out) const;
};

inline bool TensorSource::read_stored(std::size_t, std::uint64_t, std::span<std::byte>) const {
  return false;
}

}  // namespace galago
