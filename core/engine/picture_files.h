// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Projected pictures on disk, so that a picture seen before needs no encoding after a restart: one
// file each, little-endian: XXH3 of the numbers, 8 bytes, then the numbers, f32.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace galago {

class PictureFiles {
 public:
  static constexpr std::uintmax_t kMaxBytes = std::uintmax_t{256} << 20;

  /// Keeps files in `folder` while that exists; it is never made. `encoder` tells encoders apart:
  /// the fingerprint of its file and of the way it is computed (base/file_fingerprint.h). When all
  /// files together exceed `max_bytes`, the least recently used go first.
  PictureFiles(std::filesystem::path folder, std::uint64_t encoder,
               std::uintmax_t max_bytes = kMaxBytes);

  /// `count` numbers; nothing if there are none, or not so many, or they were damaged.
  std::optional<std::vector<float>> read(std::uint64_t picture, std::size_t count) const;
  /// Without success, where it cannot be written: then there is nothing to read later.
  void write(std::uint64_t picture, std::span<const float> tokens) const;

 private:
  std::filesystem::path path_of(std::uint64_t picture) const;
  void remove_oldest() const;

  std::filesystem::path folder_;
  std::uint64_t encoder_;
  std::uintmax_t max_bytes_;
};

}  // namespace galago
