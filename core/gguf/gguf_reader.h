// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Reads GGUF files, versions 2 and 3, mapped into memory. Files come from anywhere: every count,
// length and offset is checked against the file's size before anything depends on it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/dtype.h"
#include "base/result.h"
#include "gguf/gguf_value.h"
#include "gguf/printable.h"

namespace galago {

struct Vocabulary;

struct GgufEntry {
  std::string_view key;
  GgufValue value;
};

struct GgufTensor {
  std::string_view name;
  std::vector<std::uint64_t> shape;  ///< fastest dimension first, as stored: [cols, rows]
  std::uint64_t element_count = 0;
  std::uint32_t ggml_type = 0;       ///< GGUF's number of the type
  std::optional<DType> dtype;        ///< none: a type that this program does not read
  std::span<const std::byte> bytes;  ///< empty when dtype is none; aligned as the file says

  /// Errors: kUnsupported, which names the tensor and its type.
  Result<DType> checked_dtype() const;
};

/// Immutable; safe to read from several threads. Strings and bytes it returns live as long as it.
class GgufFile {
 public:
  /// Maps and checks a file. Errors: kIo; kFormat (no GGUF, truncated, contradicts itself);
  /// kUnsupported (version 1, big-endian). Tensors of unknown types are no error here.
  static Result<std::shared_ptr<const GgufFile>> open(const std::filesystem::path& path);
  /// The same of a file in memory, which `owner` keeps there.
  static Result<std::shared_ptr<const GgufFile>> parse(std::span<const std::byte> bytes,
                                                       std::shared_ptr<const void> owner);

  const std::filesystem::path& path() const { return path_; }

  std::size_t size_bytes() const { return bytes_.size(); }

  std::uint32_t version() const { return version_; }

  std::size_t alignment() const { return alignment_; }

  // Metadata, in the file's order, and by key. The getters convert between integer types and from
  // integers and f64 to f32; they return nothing when the key is missing, the value is of another
  // kind, or it does not fit.
  std::span<const GgufEntry> entries() const { return entries_; }

  const GgufValue* value(std::string_view key) const;
  std::optional<std::uint32_t> get_u32(std::string_view key) const;
  std::optional<std::uint64_t> get_u64(std::string_view key) const;
  std::optional<std::int32_t> get_i32(std::string_view key) const;
  std::optional<float> get_f32(std::string_view key) const;
  std::optional<bool> get_bool(std::string_view key) const;
  std::optional<std::string_view> get_string(std::string_view key) const;
  std::optional<std::vector<std::string_view>> get_string_array(std::string_view key) const;
  std::optional<std::vector<float>> get_f32_array(std::string_view key) const;
  std::optional<std::vector<std::int32_t>> get_i32_array(std::string_view key) const;

  /// `tokenizer.ggml.*` as it stands, unchecked; without pieces when the file has none.
  Vocabulary vocabulary() const;

  // Tensors, in the file's order, and by name.
  std::span<const GgufTensor> tensors() const { return tensors_; }

  const GgufTensor* find(std::string_view name) const;
  /// Of all tensors.
  std::uint64_t element_count() const;
  /// The type of most elements; f32 when there are none.
  DType commonest_type() const;

 private:
  friend class GgufParser;

  GgufFile() = default;

  std::filesystem::path path_;
  std::shared_ptr<const void> owner_;
  std::span<const std::byte> bytes_;
  std::uint32_t version_ = 0;
  std::size_t alignment_ = 0;
  std::vector<GgufEntry> entries_;
  std::vector<GgufTensor> tensors_;
  std::vector<std::uint32_t> entries_by_key_;   // indices, sorted
  std::vector<std::uint32_t> tensors_by_name_;  // indices, sorted
};

}  // namespace galago
