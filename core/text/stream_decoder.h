// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Text that arrives token by token: holds back what may still change (a partial UTF-8 character, a
// possible beginning of the stop text, white space that a final strip may remove). The pieces given
// out, joined, equal strip(Tokenizer::decode(all ids)) up to the stop text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/tokenizer.h"

namespace galago {

class StreamDecoder {
 public:
  StreamDecoder(const Tokenizer& tokenizer, std::string_view stop_text);

  /// Takes one id; returns the text that is certain now (often empty).
  std::string push(TokenId id);
  /// Whether the stop text has been seen; later ids are ignored.
  bool stopped() const { return stopped_; }
  /// The rest, at the end of the answer.
  std::string finish();

 private:
  const Tokenizer& tokenizer_;
  std::string stop_text_;
  std::string pending_;
  std::vector<TokenId> ids_;
  bool at_start_ = true;
  bool stopped_ = false;
};

}  // namespace galago
