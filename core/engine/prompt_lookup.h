// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Guesses the next tokens from the text itself: prompt lookup decoding (A. Saxena 2023,
// github.com/apoorvumang/prompt-lookup-decoding). It costs nothing and is right where an answer
// repeats its question or an earlier answer.
#pragma once

#include <span>

#include "text/tokenizer.h"

namespace galago {

/// Fills `guess` with what followed when the last three, or two, tokens of `history` stood there
/// before; the latest such place counts. Returns how many tokens that is: none without such a
/// place, fewer than asked for where the text or a run of words ends (ids of pictures are
/// negative).
int look_up(std::span<const TokenId> history, std::span<TokenId> guess);

/// Decides whether to guess, by whether it has paid off of late. Guesses are computed together with
/// the token that is sure; where that costs more than the right ones save, guessing rests. It
/// counts and takes no time, so that the same request is computed in the same steps each time.
class LookupGate {
 public:
  bool is_open() const { return rest_ == 0; }

  /// There was a step of one token.
  void add_single();
  /// There was a step of a token and `guesses`, `right` of which were right.
  void add_guessed(int guesses, int right);

 private:
  double gain_ = kFirstGain;  // tokens in the time of one, of late
  int rest_ = 0;              // single steps until the next try

  static constexpr double kFirstGain = 1.5;
};

}  // namespace galago
