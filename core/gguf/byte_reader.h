// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Reads little-endian values from bytes of unknown origin, never past their end.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace galago {

static_assert(std::endian::native == std::endian::little, "GGUF data is used in place");

/// Every take_… returns nothing, and stays where it is, when fewer bytes are left than it needs.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::size_t position() const { return position_; }

  std::size_t left() const { return bytes_.size() - position_; }

  template <class T>

  requires(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) std::optional<T> take() {
    const auto raw = take_bytes(sizeof(T));
    if (!raw) return std::nullopt;
    T value;
    std::memcpy(&value, raw->data(), sizeof(T));
    return value;
  }

  std::optional<std::span<const std::byte>> take_bytes(std::uint64_t count) {
    if (count > left()) return std::nullopt;
    const auto taken = bytes_.subspan(position_, static_cast<std::size_t>(count));
    position_ += taken.size();
    return taken;
  }

  /// A u64 length and that many bytes, as GGUF stores strings.
  std::optional<std::string_view> take_string() {
    const std::size_t start = position_;
    const auto length = take<std::uint64_t>();
    const auto text = length ? take_bytes(*length) : std::nullopt;
    if (!text) {
      position_ = start;
      return std::nullopt;
    }
    return std::string_view(reinterpret_cast<const char*>(text->data()), text->size());
  }

 private:
  std::span<const std::byte> bytes_;
  std::size_t position_ = 0;
};

}  // namespace galago
