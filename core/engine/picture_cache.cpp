// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/picture_cache.h"

namespace galago {

const std::vector<float>* PictureCache::find(std::uint64_t content_hash) {
  if (const auto found = index_.find(content_hash); found != index_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return &entries_.front().second;
  }
  if (!files_) return nullptr;
  auto tokens = files_->read(content_hash, numbers_);
  return tokens ? &keep(content_hash, *std::move(tokens)) : nullptr;
}

const std::vector<float>& PictureCache::store(std::uint64_t content_hash, std::vector<float> tokens,
                                              Picture::Kind kind) {
  if (files_ && kind == Picture::Kind::kLasting) files_->write(content_hash, tokens);
  return keep(content_hash, std::move(tokens));
}

const std::vector<float>& PictureCache::keep(std::uint64_t content_hash,
                                             std::vector<float> tokens) {
  entries_.emplace_front(content_hash, std::move(tokens));
  index_[content_hash] = entries_.begin();
  if (entries_.size() > kPictures) {
    index_.erase(entries_.back().first);
    entries_.pop_back();
  }
  return entries_.front().second;
}

}  // namespace galago
