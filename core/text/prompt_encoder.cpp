// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/prompt_encoder.h"

#include <string>

namespace galago {

Result<std::vector<TokenId>> encode_prompt(const Tokenizer& tokenizer,
                                           std::span<const PromptSegment> segments) {
  std::vector<TokenId> ids{tokenizer.bos_id()};
  std::string text;
  const auto encode_text = [&]() -> Status {
    GALAGO_TRY(const std::vector<TokenId> text_ids, tokenizer.encode(text));
    ids.insert(ids.end(), text_ids.begin(), text_ids.end());
    text.clear();
    return {};
  };
  for (const PromptSegment& segment : segments) {
    if (!segment.is_picture) {
      text += segment.text;
      continue;
    }
    GALAGO_TRY(encode_text());
    ids.push_back(kPictureToken);
  }
  GALAGO_TRY(encode_text());
  return ids;
}

}  // namespace galago
