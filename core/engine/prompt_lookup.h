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
/// the token that is sure; where that takes longer than the right ones save, guessing rests.
class LookupGate {
 public:
  bool is_open() const { return single_ms_ > 0 && rest_ == 0; }

  /// A step of one token took `ms`.
  void add_single(double ms);
  /// A step of a token and guesses took `ms`; `right` of them were right.
  void add_guessed(double ms, int right);

 private:
  double single_ms_ = 0;  // of late
  double gain_ = kFirstGain;
  int rest_ = 0;  // single steps until the next try

  static constexpr double kFirstGain = 1.5;
};

}  // namespace galago
