// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A metadata value of a GGUF file: a checked view of its bytes, converted when asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gguf/gguf_format.h"

namespace galago {

class ByteReader;

/// Made by GgufFile, which has checked that the bytes hold what the types say; valid as long as
/// the file. Conversions return nothing when the value is of another kind or does not fit.
struct GgufValue {
  GgufType type = GgufType::kU8;
  GgufType element_type = GgufType::kU8;  ///< of arrays
  std::uint64_t count = 0;                ///< elements of arrays
  std::span<const std::byte> bytes;       ///< the value, the text, or all elements

  bool is_array() const { return type == GgufType::kArray; }

  /// Of any integer type.
  std::optional<std::uint64_t> as_u64() const;
  std::optional<std::int64_t> as_i64() const;
  /// Of any number type; f64 is rounded.
  std::optional<double> as_f64() const;
  std::optional<float> as_f32() const;
  std::optional<bool> as_bool() const;
  std::optional<std::string_view> as_string() const;

  /// Arrays of any number type. An array of more elements than `max_count` is cut there.
  std::optional<std::vector<float>> as_f32_array(std::uint64_t max_count = UINT64_MAX) const;
  /// Arrays of any integer type whose values all fit.
  std::optional<std::vector<std::int32_t>> as_i32_array() const;
  std::optional<std::vector<std::string_view>> as_string_array(
      std::uint64_t max_count = UINT64_MAX) const;

  /// The first `max_count` elements of an array, of any kind.
  std::vector<GgufValue> elements(std::uint64_t max_count) const;
};

/// Deeper arrays of arrays than any real file has are refused.
inline constexpr int kGgufMaxArrayDepth = 4;

/// Moves `reader` over one value of `type`, checking that all of it is there. Nothing: it is cut
/// off, has an unknown type or nests too deeply.
std::optional<GgufValue> take_gguf_value(ByteReader& reader, GgufType type,
                                         int depth = kGgufMaxArrayDepth);

/// "u32", "string", "array"
std::string_view gguf_type_name(GgufType type);

}  // namespace galago
