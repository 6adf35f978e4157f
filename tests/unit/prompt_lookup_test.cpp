// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/prompt_lookup.h"

#include <gtest/gtest.h>

#include <vector>

namespace galago {
namespace {

std::vector<TokenId> guess_after(const std::vector<TokenId>& history, std::size_t most = 3) {
  std::vector<TokenId> guess(most);
  guess.resize(static_cast<std::size_t>(look_up(history, guess)));
  return guess;
}

TEST(PromptLookup, GuessesWhatFollowedTheLastTokensBefore) {
  EXPECT_EQ(guess_after({5, 1, 2, 3, 7, 8, 9, 6, 1, 2, 3}), (std::vector<TokenId>{7, 8, 9}));
  EXPECT_EQ(guess_after({5, 1, 2, 3, 7, 8, 9, 6, 1, 2, 3}, 1), (std::vector<TokenId>{7}));
}

TEST(PromptLookup, ThreeTokensSayMoreThanTwoAndTheLatestPlaceCounts) {
  EXPECT_EQ(guess_after({1, 2, 3, 7, 9, 2, 3, 8, 1, 2, 3}).front(), 7);
  EXPECT_EQ(guess_after({2, 3, 7, 5, 2, 3, 8, 9, 2, 3}).front(), 8);
}

TEST(PromptLookup, GuessesRunIntoTheNewestTokens) {
  EXPECT_EQ(guess_after({4, 4, 4}), (std::vector<TokenId>{4}));
  EXPECT_EQ(guess_after({1, 2, 1, 2}), (std::vector<TokenId>{1, 2}));
}

TEST(PromptLookup, NothingIsGuessedWithoutAnEarlierPlaceOrAcrossAPicture) {
  EXPECT_TRUE(guess_after({}).empty());
  EXPECT_TRUE(guess_after({1}).empty());
  EXPECT_TRUE(guess_after({1, 2}).empty());
  EXPECT_TRUE(guess_after({1, 2, 3, 4, 5}).empty());
  EXPECT_EQ(guess_after({1, 2, 9, -1, 7, 1, 2}), (std::vector<TokenId>{9}));
}

TEST(LookupGate, RestsWhenGuessesAreWrongAndTriesAgain) {
  LookupGate gate;
  EXPECT_TRUE(gate.is_open());
  for (int i = 0; i < 20; ++i) gate.add_guessed(3, 2);  // three tokens for about two
  EXPECT_TRUE(gate.is_open());
  for (int i = 0; i < 20 && gate.is_open(); ++i) gate.add_guessed(3, 0);
  EXPECT_FALSE(gate.is_open());
  int rest = 0;
  for (; !gate.is_open(); ++rest) gate.add_single();
  EXPECT_GT(rest, 1);
  EXPECT_LT(rest, 100);
  gate.add_guessed(3, 0);
  EXPECT_FALSE(gate.is_open()) << "one more failure is enough after a rest";
}

}  // namespace
}  // namespace galago
