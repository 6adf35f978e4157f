// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// From the segments of a prompt to the ids a model reads, as LLaVA's tokenizer_image_token does.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "text/chat_template.h"
#include "text/tokenizer.h"

namespace galago {

/// Stands for a picture among token ids (LLaVA's IMAGE_TOKEN_INDEX).
inline constexpr TokenId kPictureToken = -200;

/// BOS, then the ids of the segments: the text between two pictures is tokenised on its own, with
/// its own dummy prefix; a picture is kPictureToken. Errors: those of Tokenizer::encode.
Result<std::vector<TokenId>> encode_prompt(const Tokenizer& tokenizer,
                                           std::span<const PromptSegment> segments);

}  // namespace galago
