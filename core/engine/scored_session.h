// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A chat session that also tells its answers' tokens and how likely it finds a text that may be
// another model's: what comparisons need.
#pragma once

#include <memory>
#include <span>
#include <stop_token>

#include "engine/chat_session.h"
#include "text/tokenizer.h"

namespace galago {

class ScoredSession : public ChatSession {
 public:
  /// Errors: as ChatSession::create.
  static Result<std::unique_ptr<ScoredSession>> create(std::shared_ptr<const Engine> engine);

  /// Of the last answer, without what ends it; valid until the next call.
  virtual std::span<const TokenId> answer_tokens() const = 0;

  /// Takes `answer` as the one that generate() with the same parameters would give, and hears the
  /// logits, [vocab], that each of its tokens is sampled from. Tokens that the context has no room
  /// for are left out. Errors: as generate(); kCancelled when stopped.
  virtual Status score(const Conversation& conversation, const GenerationParams& params,
                       std::span<const TokenId> answer, std::stop_token stop,
                       FunctionRef<void(std::span<const float> logits)> sink) = 0;
};

}  // namespace galago
