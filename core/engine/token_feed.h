// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Gives an answer's tokens to the language model one by one, and computes guesses of the next ones
// along with them. What is sampled does not depend on the guesses: a wrong one is forgotten.
#pragma once

#include <span>
#include <stop_token>

#include "engine/language_runner.h"
#include "engine/prompt_lookup.h"

namespace galago {

class TokenFeed {
 public:
  /// The prompt is in `language` and its logits are those of the prompt's last row.
  TokenFeed(LanguageRunner& language, bool guesses) : language_(language), guesses_(guesses) {}

  /// Makes `language` forget the guesses that no token was pushed for.
  ~TokenFeed() { settle(); }

  TokenFeed(const TokenFeed&) = delete;
  TokenFeed& operator=(const TokenFeed&) = delete;

  /// Positions of the sequence without guesses.
  int length() const { return language_.length() - ahead_; }

  /// Of the newest token, [vocab]; valid until the next call.
  Result<std::span<float>> logits() { return language_.logits(ahead_); }

  /// Appends the last token of `history`. Errors as LanguageRunner::append.
  Status push(std::span<const TokenId> history, std::stop_token stop);

  int guessed() const { return guessed_; }

  int guessed_right() const { return guessed_right_; }

 private:
  void settle();

  LanguageRunner& language_;
  bool guesses_;
  LookupGate gate_;
  TokenId run_[LanguageRunner::kShortRows] = {};  // the newest run: a token, then guesses
  int run_length_ = 0;
  int ahead_ = 0;  // guesses at the end of the run that no token was pushed for
  int guessed_ = 0;
  int guessed_right_ = 0;
};

}  // namespace galago
