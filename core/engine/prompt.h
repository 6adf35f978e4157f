// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// From prompt ids to the rows a language model reads: each picture's id becomes its tokens.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/generation.h"
#include "text/tokenizer.h"

namespace galago {

struct ExpandedPrompt {
  /// Per position: a token id, or -1 - (picture · tokens_per_picture + i).
  std::vector<std::int32_t> rows;
  /// Per position: equal where the same token or the same part of the same picture stands.
  std::vector<std::uint64_t> keys;
  std::vector<TokenId> token_ids;    ///< the text's ids, in order
  std::vector<int> masked;           ///< positions nothing attends to, see below
  std::vector<PicturePtr> pictures;  ///< in order of appearance
  int image_tokens = 0;

  int length() const { return static_cast<int>(rows.size()); }

  /// Keeps the first `length` positions. token_ids and pictures stay whole.
  void cut(std::size_t length);
};

/// Replaces each kPictureToken of `ids` by `tokens_per_picture` rows.
///
/// `masked` follows the original: ids equal to `unknown_id` (its padding id) get attention mask 0
/// in the prompt, and the mask, made for the unexpanded ids, is extended by ones on the left when
/// pictures expand (transformers' generate with MobileVLM's prepare_inputs_labels_for_multimodal).
/// Errors: kInvalidArgument, when markers and pictures differ in number.
Result<ExpandedPrompt> expand_prompt(std::span<const TokenId> ids,
                                     std::span<const PicturePtr> pictures, int tokens_per_picture,
                                     TokenId unknown_id);

/// What masked positions add to attention scores, [capacity]: 0, or a number so negative that their
/// weight is exactly 0 in f32.
std::vector<float> prompt_mask(const ExpandedPrompt& prompt, int capacity);

/// The text of an answer's ids as the original prints it: decoded, stripped of white space and of a
/// `</s>` spelled out at its end.
std::string answer_text(const Tokenizer& tokenizer, std::span<const TokenId> ids);

}  // namespace galago
