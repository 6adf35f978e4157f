// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/prompt.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "text/prompt_encoder.h"
#include "text/utf8.h"

namespace galago {
namespace {

constexpr std::uint64_t kPictureBit = std::uint64_t{1} << 63;
constexpr float kMasked = -1e30F;
constexpr std::string_view kEndOfAnswer = "</s>";

}  // namespace

Result<ExpandedPrompt> expand_prompt(std::span<const TokenId> ids,
                                     std::span<const PicturePtr> pictures, int tokens_per_picture,
                                     TokenId unknown_id) {
  const auto markers = static_cast<std::size_t>(std::count(ids.begin(), ids.end(), kPictureToken));
  if (markers != pictures.size())
    return Error{Errc::kInvalidArgument,
                 "the prompt has " + std::to_string(markers) + " picture markers (<image>), but " +
                     std::to_string(pictures.size()) + " pictures were given",
                 {}};
  ExpandedPrompt prompt;
  prompt.pictures.assign(pictures.begin(), pictures.end());
  int picture = 0;
  for (const TokenId id : ids) {
    if (id != kPictureToken) {
      prompt.rows.push_back(id);
      prompt.keys.push_back(static_cast<std::uint64_t>(id));
      prompt.token_ids.push_back(id);
      continue;
    }
    const std::uint64_t hash = pictures[static_cast<std::size_t>(picture)]->content_hash();
    for (int i = 0; i < tokens_per_picture; ++i) {
      prompt.rows.push_back(-1 - (picture * tokens_per_picture + i));
      prompt.keys.push_back((hash + static_cast<std::uint64_t>(i)) | kPictureBit);
    }
    ++picture;
  }
  prompt.image_tokens = picture * tokens_per_picture;
  const int shift = prompt.length() - static_cast<int>(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (ids[i] == unknown_id) prompt.masked.push_back(static_cast<int>(i) + shift);
  return prompt;
}

void ExpandedPrompt::cut(std::size_t length) {
  rows.resize(length);
  keys.resize(length);
  std::erase_if(masked, [&](int position) { return position >= this->length(); });
  image_tokens = static_cast<int>(
      std::count_if(rows.begin(), rows.end(), [](std::int32_t row) { return row < 0; }));
}

std::vector<float> prompt_mask(const ExpandedPrompt& prompt, int capacity) {
  std::vector<float> mask(static_cast<std::size_t>(capacity), 0.0F);
  for (const int position : prompt.masked) mask[static_cast<std::size_t>(position)] = kMasked;
  return mask;
}

std::string answer_text(const Tokenizer& tokenizer, std::span<const TokenId> ids) {
  const std::string decoded = tokenizer.decode(ids);
  std::string_view text = strip(decoded);
  if (text.ends_with(kEndOfAnswer))
    text = strip_back(text.substr(0, text.size() - kEndOfAnswer.size()));
  return std::string(text);
}

}  // namespace galago
