// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/token_feed.h"

#include <algorithm>
#include <utility>

namespace galago {

Status TokenFeed::push(std::span<const TokenId> history, std::stop_token stop) {
  if (ahead_ > 0 && run_[run_length_ - ahead_] == history.back()) {
    --ahead_;
    ++guessed_right_;
    return {};
  }
  settle();
  run_[0] = history.back();
  const int room = std::min(LanguageRunner::kShortRows, language_.capacity() - language_.length());
  int guesses = 0;
  if (guesses_ && gate_.is_open() && room > 1)
    guesses = look_up(history, std::span(run_).subspan(1, static_cast<std::size_t>(room - 1)));
  const int length = 1 + guesses;
  GALAGO_TRY(
      language_.append(std::span(run_).first(static_cast<std::size_t>(length)), std::move(stop)));
  run_length_ = length;
  ahead_ = guesses;
  guessed_ += guesses;
  return {};
}

void TokenFeed::settle() {
  if (run_length_ == 1) gate_.add_single();
  if (run_length_ > 1) gate_.add_guessed(run_length_ - 1, run_length_ - 1 - ahead_);
  language_.trim(length());
  run_length_ = 0;
  ahead_ = 0;
}

}  // namespace galago
