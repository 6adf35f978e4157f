// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Bytes of a file as what libraries and little-endian formats take them for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace galago {

inline const std::uint8_t* as_u8(std::span<const std::byte> bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

inline std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Little-endian numbers; the caller has checked that they are there.
inline std::uint32_t le16(std::span<const std::byte> bytes, std::size_t at) {
  const std::uint8_t* p = as_u8(bytes) + at;
  return static_cast<std::uint32_t>(p[0] | p[1] << 8);
}

inline std::uint32_t le32(std::span<const std::byte> bytes, std::size_t at) {
  return le16(bytes, at) | le16(bytes, at + 2) << 16;
}

/// A file that a library's read callback is walking through.
class ByteSource {
 public:
  explicit ByteSource(std::span<const std::byte> bytes) : bytes_(bytes) {}

  /// Copies up to `size` bytes; fewer only at the end, which is then remembered.
  std::size_t read(void* out, std::size_t size) {
    const std::size_t count = std::min(size, bytes_.size());
    if (count < size) is_exhausted_ = true;
    if (count > 0) std::memcpy(out, bytes_.data(), count);
    bytes_ = bytes_.subspan(count);
    return count;
  }

  /// More was asked for than there is.
  bool is_exhausted() const { return is_exhausted_; }

 private:
  std::span<const std::byte> bytes_;
  bool is_exhausted_ = false;
};

}  // namespace galago
