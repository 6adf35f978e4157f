// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// From a conversation to a prompt that fits the context.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/answer_runner.h"
#include "engine/loaded_model.h"
#include "engine/prompt.h"

namespace galago {

struct ConversationPrompt {
  ExpandedPrompt prompt;
  AnswerText text;
  int turns_dropped = 0;
};

/// The prompt of all turns, whatever its length.
Result<ExpandedPrompt> whole_conversation(const Model& model, const Conversation& conversation);

/// The prompt of the last turn, with the pictures of all: what is left when every older turn has
/// left.
Result<ExpandedPrompt> last_turn(const Model& model, const Conversation& conversation);

/// The prompt with as many of the newest turns as leave room for an answer: `max_tokens`, but no
/// more than a quarter of the context. The oldest questions and answers leave; the system prompt
/// stays, and the pictures move to the oldest turn that is left. Errors: kContextFull, when not
/// even the last turn fits; kInvalidArgument (no turns, unknown template, pictures for a text-only
/// model).
Result<ConversationPrompt> fit_conversation(const Model& model, const Conversation& conversation,
                                            int max_tokens);

/// The first part of the prompt of fit_conversation: what stays the same whatever is added to the
/// last turn's question. Errors as fit_conversation.
Result<ExpandedPrompt> settled_prefix(const Model& model, const Conversation& conversation,
                                      int max_tokens);

/// A prompt taken word for word, kPictureMarker standing for each picture. Errors: kContextFull,
/// kInvalidArgument.
Result<ExpandedPrompt> raw_prompt(const Model& model, std::string_view text,
                                  const std::vector<PicturePtr>& pictures);

}  // namespace galago
