// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Projected pictures by content: the most recently used ones in memory, more of them on disk.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/generation.h"
#include "engine/picture_files.h"

namespace galago {

class PictureCache {
 public:
  static constexpr std::size_t kPictures = 32;

  /// Pictures of `numbers` f32 each; without `files` they are kept in memory only.
  PictureCache(std::size_t numbers, std::optional<PictureFiles> files)
      : numbers_(numbers), files_(std::move(files)) {}

  /// nullptr when unknown; valid until the next call.
  const std::vector<float>* find(std::uint64_t content_hash);
  /// What a passing picture became is kept in memory only.
  const std::vector<float>& store(std::uint64_t content_hash, std::vector<float> tokens,
                                  Picture::Kind kind = Picture::Kind::kLasting);

 private:
  using Entry = std::pair<std::uint64_t, std::vector<float>>;

  const std::vector<float>& keep(std::uint64_t content_hash, std::vector<float> tokens);

  std::size_t numbers_;
  std::optional<PictureFiles> files_;
  std::list<Entry> entries_;  // most recent first
  std::unordered_map<std::uint64_t, std::list<Entry>::iterator> index_;
};

}  // namespace galago
