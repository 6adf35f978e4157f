// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One slice of a tensor's rows, from a source's elements to the bytes of another type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "convert/tensor_source.h"
#include "gguf/gguf_header.h"

namespace galago {

/// Rows of one tensor.
struct TensorSlice {
  std::size_t tensor = 0;
  std::int64_t first = 0;  ///< elements
  std::int64_t count = 0;
};

/// The tensor in slices of about a MiB of f32. Errors: kUnsupported (rows longer than those of any
/// model).
Result<std::vector<TensorSlice>> slices_of(const GgufHeader& header, std::size_t tensor);

/// Keeps a buffer: each thread has a converter of its own.
class SliceConverter {
 public:
  /// `place`: the tensor as it is to be. Errors: those of the source; kUnsupported (a number that
  /// the type cannot hold).
  Status run(const TensorSource& source, const GgufHeader::TensorPlace& place,
             const TensorSlice& slice, std::vector<std::byte>& out);

 private:
  std::vector<float> elements_;
};

}  // namespace galago
