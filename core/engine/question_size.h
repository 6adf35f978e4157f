// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a question takes of the context, known before it is asked.
#pragma once

#include "base/result.h"
#include "engine/engine.h"
#include "engine/generation.h"

namespace galago {

/// In tokens.
struct QuestionSize {
  int tokens = 0;   ///< that the last turn adds; a first one brings the instructions along
  int left = 0;     ///< of the context, before it
  int least = 0;    ///< of the whole prompt once all older questions and answers have left it
  int context = 0;  ///< what the context holds

  /// Whether it can be answered at all.
  bool fits() const { return least < context; }
};

/// Of the conversation's last turn; nothing is computed. Any thread. Errors: kInvalidArgument (no
/// turns, unknown template, pictures for a text-only model).
Result<QuestionSize> measure_question(const Engine& engine, const Conversation& conversation);

}  // namespace galago
