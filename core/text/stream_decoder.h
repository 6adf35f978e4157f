// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Text that arrives token by token: holds back what may still change (a partial UTF-8 character, a
// possible beginning of the stop text, white space that a final strip may remove). The pieces given
// out, joined, equal strip(Tokenizer::decode(all ids), cut where the stop text begins), with the
// strip of text/utf8.h; each piece is whole UTF-8 characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/tokenizer.h"

namespace galago {

class StreamDecoder {
 public:
  /// `stop_text` may be empty: none. With `continues` the ids follow others: white space before the
  /// first of them is the text's own. The tokenizer must outlive the decoder.
  StreamDecoder(const Tokenizer& tokenizer, std::string_view stop_text, bool continues = false);

  /// Takes one id; returns the text that is certain now (often empty).
  std::string push(TokenId id);

  /// Whether the stop text has been seen; later ids are ignored.
  bool stopped() const { return stopped_; }

  /// The rest, at the end of the answer.
  std::string finish();

 private:
  /// Gives out what is certain of `pending_`, whose first `searched` bytes hold no stop text.
  std::string take_certain(std::size_t searched);
  /// Takes `size` bytes off the front of `pending_`, without the white space that begins a text.
  std::string take(std::size_t size);

  const Tokenizer& tokenizer_;
  std::string stop_text_;
  std::string bytes_;    // the beginning of a character
  std::string pending_;  // decoded, not yet given out
  bool is_first_piece_;
  bool at_start_;
  bool stopped_ = false;
};

}  // namespace galago
