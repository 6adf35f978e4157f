// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Element types of tensors: GGUF's names, with the size of one block of elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace galago {

enum class DType : std::uint8_t {
  kF32,
  kF16,
  kBF16,
  kI32,
  kQ4_0,
  kQ4_1,
  kQ5_0,
  kQ5_1,
  kQ8_0,
  kQ2_K,
  kQ3_K,
  kQ4_K,
  kQ5_K,
  kQ6_K,
};

struct DTypeInfo {
  std::string_view name;  ///< as GGUF spells it, lower case: "q4_0"
  int block_size;         ///< elements that share a block; 1 for plain types
  int block_bytes;
  bool is_quantised;
};

const DTypeInfo& dtype_info(DType dtype);

/// Bytes of one row of `cols` elements; `cols` must be a multiple of the block size.
std::size_t row_bytes(DType dtype, std::int64_t cols);

/// The type that GGUF numbers `ggml_type`, if this program reads it.
std::optional<DType> dtype_from_ggml(std::uint32_t ggml_type);
/// GGUF's number of a type.
std::uint32_t dtype_to_ggml(DType dtype);
std::optional<DType> dtype_from_name(std::string_view name);

}  // namespace galago
