// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/question_size.h"

#include "engine/conversation_prompt.h"
#include "engine/loaded_model.h"

namespace galago {

Result<QuestionSize> measure_question(const Engine& engine, const Conversation& conversation) {
  const Model& model = engine.model();
  GALAGO_TRY(const ExpandedPrompt whole, whole_conversation(model, conversation));
  GALAGO_TRY(const ExpandedPrompt last, last_turn(model, conversation));
  Conversation before = conversation;
  before.turns.pop_back();
  int taken = 0;
  if (!before.turns.empty()) {
    GALAGO_TRY(const ExpandedPrompt prompt, whole_conversation(model, before));
    taken = prompt.length();
  }
  const int context = model.info.context_size;
  return QuestionSize{whole.length() - taken, context - taken, last.length(), context};
}

}  // namespace galago
