// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/stream_decoder.h"

#include <algorithm>
#include <span>

#include "text/utf8.h"

namespace galago {
namespace {

/// How many of the text's last bytes may be the beginning of the stop text.
std::size_t stop_prefix_size(std::string_view text, std::string_view stop_text) {
  if (stop_text.empty()) return 0;
  for (std::size_t size = std::min(text.size(), stop_text.size() - 1); size > 0; --size)
    if (text.ends_with(stop_text.substr(0, size))) return size;
  return 0;
}

}  // namespace

StreamDecoder::StreamDecoder(const Tokenizer& tokenizer, std::string_view stop_text, bool continues)
    : tokenizer_(tokenizer),
      stop_text_(stop_text),
      is_first_piece_(!continues),
      at_start_(!continues) {}

std::string StreamDecoder::push(TokenId id) {
  if (stopped_) return {};
  const std::string_view piece = tokenizer_.piece_bytes(id);
  if (piece.empty()) return {};
  // Only the first piece is printed differently at the start of a text than in the middle, but for
  // spaces, which are stripped. A piece that is a lone byte is the same in both places.
  if (is_first_piece_ && piece.size() > 1)
    bytes_ += tokenizer_.decode(std::span(&id, 1));
  else
    bytes_ += piece;
  is_first_piece_ = false;
  const std::size_t searched = pending_.size();
  move_decoded(bytes_, pending_);
  return take_certain(searched);
}

std::string StreamDecoder::finish() {
  if (stopped_) return {};
  const std::size_t searched = pending_.size();
  for (; !bytes_.empty(); bytes_.pop_back()) pending_ += kReplacementCharacter;
  std::string text = take_certain(searched);
  if (!stopped_) text += take(strip_back(pending_).size());
  pending_.clear();
  return text;
}

std::string StreamDecoder::take_certain(std::size_t searched) {
  if (!stop_text_.empty()) {
    const std::size_t overlap = std::min(searched, stop_text_.size() - 1);
    const std::size_t stop = pending_.find(stop_text_, searched - overlap);
    if (stop != std::string::npos) {
      stopped_ = true;
      pending_.resize(stop);
      return take(strip_back(pending_).size());
    }
  }
  const std::size_t held = stop_prefix_size(pending_, stop_text_);
  return take(strip_back(std::string_view(pending_).substr(0, pending_.size() - held)).size());
}

std::string StreamDecoder::take(std::size_t size) {
  std::string_view text = std::string_view(pending_).substr(0, size);
  if (at_start_) text = strip_front(text);
  at_start_ = at_start_ && text.empty();
  std::string taken(text);
  pending_.erase(0, size);
  return taken;
}

}  // namespace galago
