// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/prompt.h"

#include <gtest/gtest.h>

#include "text/prompt_encoder.h"

namespace galago {
namespace {

PicturePtr picture(std::uint8_t value) {
  return std::make_shared<const Picture>(Image{1, 1, {value, value, value}});
}

TEST(ExpandPrompt, PutsThePicturesRowsInItsPlace) {
  const std::vector<TokenId> ids = {1, 5, kPictureToken, 6};
  const std::vector<PicturePtr> pictures = {picture(1)};
  const auto prompt = expand_prompt(ids, pictures, 3, 0);
  ASSERT_TRUE(prompt);
  EXPECT_EQ(prompt->rows, (std::vector<std::int32_t>{1, 5, -1, -2, -3, 6}));
  EXPECT_EQ(prompt->token_ids, (std::vector<TokenId>{1, 5, 6}));
  EXPECT_EQ(prompt->image_tokens, 3);
  EXPECT_TRUE(prompt->masked.empty());
}

TEST(ExpandPrompt, KeysTellPicturesApartByContent) {
  const std::vector<TokenId> ids = {1, kPictureToken, kPictureToken};
  const auto same = expand_prompt(ids, std::vector{picture(1), picture(1)}, 2, 0);
  const auto different = expand_prompt(ids, std::vector{picture(1), picture(2)}, 2, 0);
  ASSERT_TRUE(same && different);
  EXPECT_EQ(same->keys[1], same->keys[3]);
  EXPECT_NE(same->keys[1], same->keys[2]);
  EXPECT_NE(different->keys[1], different->keys[3]);
  EXPECT_EQ(same->rows[3], -3);  // the second picture has rows of its own all the same
}

TEST(ExpandPrompt, MasksUnknownTokensWhereTheOriginalDoes) {
  // After the picture: the token's own position. Before it: shifted by the picture's growth.
  const auto after =
      expand_prompt(std::vector<TokenId>{1, kPictureToken, 0, 7}, std::vector{picture(1)}, 4, 0);
  const auto before =
      expand_prompt(std::vector<TokenId>{1, 0, kPictureToken, 7}, std::vector{picture(1)}, 4, 0);
  ASSERT_TRUE(after && before);
  EXPECT_EQ(after->masked, std::vector<int>{5});
  EXPECT_EQ(before->masked, std::vector<int>{4});
  const std::vector<float> mask = prompt_mask(*after, 8);
  EXPECT_EQ(mask[4], 0.0F);
  EXPECT_LT(mask[5], -1e29F);
}

TEST(ExpandPrompt, RefusesMarkersWithoutPictures) {
  const auto none = expand_prompt(std::vector<TokenId>{1, kPictureToken}, {}, 4, 0);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::kInvalidArgument);
  const auto spare = expand_prompt(std::vector<TokenId>{1}, std::vector{picture(1)}, 4, 0);
  EXPECT_FALSE(spare);
}

}  // namespace
}  // namespace galago
