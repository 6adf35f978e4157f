// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Constants of the GGUF format, versions 2 and 3, shared by reader and writer. A file is:
//   magic "GGUF", u32 version, u64 tensor count, u64 key count,
//   keys:    string name, u32 type, value
//   tensors: string name, u32 n_dims, u64 dims (fastest first), u32 type, u64 offset in the data
//   padding to general.alignment, then the data of the tensors, each so aligned.
// A string is a u64 length and its bytes; an array is a u32 element type, a u64 count, its
// elements. Everything is little-endian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace galago {

inline constexpr std::string_view kGgufMagic = "GGUF";
inline constexpr std::uint32_t kGgufOldestVersion = 2;
inline constexpr std::uint32_t kGgufVersion = 3;
inline constexpr std::string_view kGgufAlignmentKey = "general.alignment";
inline constexpr std::size_t kGgufDefaultAlignment = 32;
inline constexpr std::size_t kGgufMaxDims = 4;

enum class GgufType : std::uint32_t {
  kU8 = 0,
  kI8 = 1,
  kU16 = 2,
  kI16 = 3,
  kU32 = 4,
  kI32 = 5,
  kF32 = 6,
  kBool = 7,
  kString = 8,
  kArray = 9,
  kU64 = 10,
  kI64 = 11,
  kF64 = 12,
};

inline constexpr std::uint32_t kGgufTypeCount = 13;

/// Bytes of a value of this type; 0 for strings and arrays, which say their length themselves.
constexpr std::size_t gguf_fixed_size(GgufType type) {
  switch (type) {
    case GgufType::kU8:
    case GgufType::kI8:
    case GgufType::kBool:
      return 1;
    case GgufType::kU16:
    case GgufType::kI16:
      return 2;
    case GgufType::kU32:
    case GgufType::kI32:
    case GgufType::kF32:
      return 4;
    case GgufType::kU64:
    case GgufType::kI64:
    case GgufType::kF64:
      return 8;
    case GgufType::kString:
    case GgufType::kArray:
      return 0;
  }
  return 0;
}

constexpr std::uint64_t gguf_align_up(std::uint64_t value, std::uint64_t alignment) {
  return (value + alignment - 1) / alignment * alignment;
}

}  // namespace galago
