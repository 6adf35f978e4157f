// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The head of a GGUF file to be written: its metadata and what tensors follow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/dtype.h"
#include "base/result.h"
#include "gguf/gguf_format.h"
#include "gguf/gguf_value.h"

namespace galago {

/// The GGUF type that stores a number of type T as it is.
template <class T>
constexpr GgufType gguf_type_of() {
  if constexpr (std::is_same_v<T, bool>) return GgufType::kBool;
  if constexpr (std::is_same_v<T, float>) return GgufType::kF32;
  if constexpr (std::is_same_v<T, double>) return GgufType::kF64;
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    constexpr bool kSigned = std::is_signed_v<T>;
    if constexpr (sizeof(T) == 1) return kSigned ? GgufType::kI8 : GgufType::kU8;
    if constexpr (sizeof(T) == 2) return kSigned ? GgufType::kI16 : GgufType::kU16;
    if constexpr (sizeof(T) == 4) return kSigned ? GgufType::kI32 : GgufType::kU32;
    if constexpr (sizeof(T) == 8) return kSigned ? GgufType::kI64 : GgufType::kU64;
  }
}

class GgufHeader {
 public:
  struct TensorPlace {
    std::string name;
    std::vector<std::uint64_t> shape;  ///< fastest dimension first: [cols, rows]
    DType dtype = DType::kF32;
    std::uint64_t offset = 0;  ///< from the start of the data
    std::uint64_t size = 0;    ///< bytes
  };

  /// Of the tensors' data in the file; other than 32 is told in general.alignment.
  explicit GgufHeader(std::size_t alignment = kGgufDefaultAlignment);

  template <class T>
  requires std::is_arithmetic_v<T>

  void put(std::string_view key, T value) {
    GgufValue stored;
    stored.type = gguf_type_of<T>();
    stored.bytes = std::as_bytes(std::span(&value, 1));
    put_value(key, stored);
  }

  template <class T>
  requires std::is_arithmetic_v<T>

  void put_array(std::string_view key, std::span<const T> values) {
    GgufValue stored;
    stored.type = GgufType::kArray;
    stored.element_type = gguf_type_of<T>();
    stored.count = values.size();
    stored.bytes = std::as_bytes(values);
    put_value(key, stored);
  }

  void put_string(std::string_view key, std::string_view text);
  void put_strings(std::string_view key, std::span<const std::string_view> texts);
  /// A value of any kind, as another file holds it; its bytes are copied.
  void put_value(std::string_view key, const GgufValue& value);
  /// Forgets a key, if it is there.
  void remove(std::string_view key);
  /// The same keys and alignment, to which other tensors can be added.
  GgufHeader without_tensors() const;

  /// The next tensor of the file. Errors: kInvalidArgument (no name, a name that is taken, more
  /// than four dimensions, an empty one, rows that are not whole blocks).
  Status add_tensor(std::string_view name, std::span<const std::uint64_t> shape, DType dtype);

  std::span<const TensorPlace> tensors() const { return tensors_; }

  std::size_t alignment() const { return alignment_; }

  /// All bytes of the file before the first tensor's data. Errors: kInvalidArgument (a key is
  /// empty or occurs twice).
  Result<std::vector<std::byte>> encode() const;

 private:
  struct Entry {
    std::string key;
    std::vector<std::byte> type_and_value;
  };

  std::size_t alignment_;
  std::vector<Entry> entries_;
  std::vector<TensorPlace> tensors_;
};

}  // namespace galago
