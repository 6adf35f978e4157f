// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/file_fingerprint.h"

#include <xxhash.h>

#include <algorithm>
#include <cstddef>
#include <span>

namespace galago {

std::uint64_t file_fingerprint(const MappedFile& file, std::string_view way) {
  constexpr std::size_t kSample = 4096;
  constexpr std::size_t kSamples = 64;
  const std::span<const std::byte> bytes = file.bytes();
  std::uint64_t hash = XXH3_64bits_withSeed(way.data(), way.size(), bytes.size());
  const std::size_t size = std::min(kSample, bytes.size());
  for (std::size_t i = 0; i < kSamples; ++i) {
    const std::size_t at = (bytes.size() - size) * i / (kSamples - 1);
    hash = XXH3_64bits_withSeed(bytes.data() + at, size, hash);
  }
  return hash;
}

}  // namespace galago
