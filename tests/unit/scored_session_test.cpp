// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How likely a model finds a text: as it would have sampled it.
#include "engine/scored_session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "test_data.h"

namespace galago {
namespace {

constexpr int kTokens = 10;

std::shared_ptr<const Engine> load_small() {
  EngineOptions options;
  options.model = test_data_folder() / "model" / "ggml-model-f16.gguf";
  options.mmproj = test_data_folder() / "model" / "mmproj-model-f16.gguf";
  options.device = "cpu";
  options.threads = 2;
  options.context_size = 512;
  options.arithmetic = Arithmetic::kExact;  // random weights: rounding would change words
  auto engine = Engine::load(options);
  EXPECT_TRUE(engine) << engine.error().message();
  return engine ? *engine : nullptr;
}

Conversation question() {
  Image image{40, 30, {}};
  for (int i = 0; i < 40 * 30 * 3; ++i) image.pixels.push_back(static_cast<std::uint8_t>(i / 7));
  Conversation conversation;
  conversation.turns = {{"What is this?", {std::make_shared<const Picture>(std::move(image))}, {}}};
  return conversation;
}

class ScoredSessionTest : public testing::Test {
 protected:
  void SetUp() override {
    engine_ = load_small();
    auto created = ScoredSession::create(engine_);
    ASSERT_TRUE(created) << created.error().message();
    session_ = *std::move(created);
  }

  std::string answer() {
    std::string text;
    const auto listen = [&](const GenerationEvent& event) {
      if (const auto* delta = std::get_if<TextDelta>(&event)) text += delta->text;
    };
    EXPECT_TRUE(session_->generate(question(), params_, {}, listen));
    return text;
  }

  std::vector<TokenId> greedy_choices(std::span<const TokenId> tokens) {
    std::vector<TokenId> likeliest;
    const auto choose = [&](std::span<const float> logits) {
      likeliest.push_back(
          static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin()));
    };
    EXPECT_TRUE(session_->score(question(), params_, tokens, {}, choose));
    return likeliest;
  }

  GenerationParams params_{{}, kTokens};
  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<ScoredSession> session_;
};

TEST_F(ScoredSessionTest, AnAnswerIsScoredAsItWasSampled) {
  const std::string text = answer();
  const std::span<const TokenId> given = session_->answer_tokens();
  const std::vector<TokenId> tokens(given.begin(), given.end());
  ASSERT_EQ(tokens.size(), static_cast<std::size_t>(kTokens));
  EXPECT_EQ(greedy_choices(tokens), tokens);
  EXPECT_EQ(greedy_choices(tokens), tokens) << "again, from the cache";
  EXPECT_EQ(answer(), text) << "the cache is what it was";
}

TEST_F(ScoredSessionTest, ItNeedsNoAnswerBefore) {
  const std::vector<TokenId> text = {300, 301, 302, 303, 304, 305};
  const auto first = greedy_choices(text);
  EXPECT_EQ(first.size(), text.size());
  EXPECT_EQ(greedy_choices(text), first);
  EXPECT_EQ(greedy_choices(std::span(text).first(1)).size(), 1U);
  EXPECT_TRUE(greedy_choices({}).empty());
  const std::vector<TokenId> endless(5000, 300);
  EXPECT_LT(greedy_choices(endless).size(), 512U) << "as far as the context goes";
}

TEST_F(ScoredSessionTest, ScoringCanBeStopped) {
  const std::vector<TokenId> text = {300, 301, 302};
  std::stop_source stopped;
  stopped.request_stop();
  const auto ignore = [](std::span<const float>) {};
  const Status status = session_->score(question(), params_, text, stopped.get_token(), ignore);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kCancelled);
  EXPECT_EQ(greedy_choices(text).size(), text.size()) << "the session stays usable";
}

}  // namespace
}  // namespace galago
