// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A tensor of an original checkpoint, where it lies in the file's mapping.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

enum class StorageType : std::uint8_t {
  kF64,
  kF32,
  kF16,
  kBF16,
  kI64,
  kI32,
  kI16,
  kI8,
  kU8,
  kBool,
};

/// "f16", "i64"
std::string_view storage_type_name(StorageType type);
std::size_t storage_type_bytes(StorageType type);

struct CheckpointTensor {
  std::string name;
  StorageType type = StorageType::kF32;
  std::vector<std::int64_t> shape;    ///< slowest dimension first: [rows, cols]
  std::vector<std::int64_t> strides;  ///< in elements, none negative
  std::span<const std::byte> bytes;   ///< from the first element on; of any alignment

  std::int64_t element_count() const;
  /// Elements follow each other in the file as they do in the tensor.
  bool is_contiguous() const;
  /// "[32, 64]"
  std::string shape_text() const;
};

/// No model has a tensor of more elements.
inline constexpr std::int64_t kLargestElementCount = std::int64_t{1} << 40;

/// The product of the dimensions; nothing when one is negative or they are beyond the largest.
std::optional<std::int64_t> checked_element_count(std::span<const std::int64_t> shape);

/// Strides of a tensor whose elements follow each other.
std::vector<std::int64_t> contiguous_strides(std::span<const std::int64_t> shape);

/// Checks shape and strides against each other and gives the tensor its bytes: those of `storage`
/// from element `offset` on. Errors: kFormat (it reaches beyond the storage, or shows elements more
/// than once).
Status place_tensor(CheckpointTensor& tensor, std::span<const std::byte> storage,
                    std::int64_t offset);

/// `out.size()` elements from element `first`, in the order of the shape, as f32. The caller keeps
/// to the tensor. Errors: kUnsupported (these are not floating-point numbers).
Status read_elements(const CheckpointTensor& tensor, std::int64_t first, std::span<float> out);

}  // namespace galago
