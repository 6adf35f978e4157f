// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/prompt_lookup.h"

#include <algorithm>

namespace galago {
namespace {

constexpr double kNewest = 0.25;  // weight of the newest step in what counts as "of late"
/// What a guess adds to a step, in steps of one token: 4-bit weights, the most frequent, take twice
/// as long for four rows as for one, 8-bit ones a fifth longer (bench_matmul, dot).
constexpr double kGuessCost = 1.0 / 3;
constexpr double kRetryGain = 1.1;
constexpr int kRestSteps = 24;

/// Where the tokens after the latest earlier occurrence of the last `length` tokens begin; 0: none.
std::size_t after_match(std::span<const TokenId> history, std::size_t length) {
  const auto wanted = history.last(length);
  for (std::size_t end = history.size() - 1; end >= length; --end)
    if (std::equal(wanted.begin(), wanted.end(),
                   history.begin() + static_cast<std::ptrdiff_t>(end - length)))
      return end;
  return 0;
}

}  // namespace

int look_up(std::span<const TokenId> history, std::span<TokenId> guess) {
  for (const std::size_t length : {3U, 2U}) {
    if (history.size() <= length) continue;
    const std::size_t from = after_match(history, length);
    if (from == 0) continue;
    std::size_t count = 0;
    while (count < guess.size() && from + count < history.size() && history[from + count] >= 0) {
      guess[count] = history[from + count];
      ++count;
    }
    return static_cast<int>(count);
  }
  return 0;
}

void LookupGate::add_single() {
  if (rest_ > 0 && --rest_ == 0) gain_ = kRetryGain;
}

void LookupGate::add_guessed(int guesses, int right) {
  const double gain = (1 + right) / (1 + guesses * kGuessCost);
  gain_ += kNewest * (gain - gain_);
  if (gain_ < 1) rest_ = kRestSteps;
}

}  // namespace galago
