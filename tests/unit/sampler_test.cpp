// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/sampler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace galago {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

TokenId sample_once(const SamplingParams& params, std::vector<float> logits,
                    const std::vector<TokenId>& history = {}) {
  return Sampler(params).sample(logits, history);
}

/// How often each id comes in `draws` draws from the same logits.
std::map<TokenId, int> count_draws(const SamplingParams& params, const std::vector<float>& logits,
                                   int draws) {
  Sampler sampler(params);
  std::map<TokenId, int> counts;
  for (int i = 0; i < draws; ++i) {
    std::vector<float> copy = logits;
    ++counts[sampler.sample(copy, {})];
  }
  return counts;
}

std::vector<TokenId> ids_of(const std::map<TokenId, int>& counts) {
  std::vector<TokenId> ids;
  for (const auto& [id, count] : counts) ids.push_back(id);
  return ids;
}

std::vector<float> logs(const std::vector<double>& probabilities) {
  std::vector<float> logits;
  for (const double p : probabilities) logits.push_back(static_cast<float>(std::log(p)));
  return logits;
}

TEST(Sampler, GreedyTakesTheHighestAndOfEqualsTheFirst) {
  EXPECT_EQ(sample_once({}, {1.0F, 3.0F, 2.0F}), 1);
  EXPECT_EQ(sample_once({}, {-5.0F, 3.0F, 3.0F}), 1);
  EXPECT_EQ(sample_once({}, {kNan, -3.0F, kNan, -2.0F}), 3);
  EXPECT_EQ(sample_once({}, {1.0F, kInfinity, kInfinity}), 1);
}

TEST(Sampler, EndsWellWhateverTheLogits) {
  for (const float temperature : {0.0F, -1.0F, kNan, 1.0F, 1e-38F, 1e38F, kInfinity})
    for (const float top_p : {0.0F, -1.0F, 0.5F, 1.0F, 2.0F, kNan})
      for (const int top_k : {-1, 0, 1, 1000})
        for (const float min_p : {0.0F, 0.5F, 2.0F, kNan}) {
          const SamplingParams params{temperature, top_k, top_p, min_p, 1.3F, 1};
          const std::vector<TokenId> history = {-200, -1, 0, 1, 5, 1 << 30};
          for (const auto& logits : std::vector<std::vector<float>>{{0.0F},
                                                                    {kNan, kNan},
                                                                    {-kInfinity, -kInfinity},
                                                                    {kInfinity, 1.0F, kInfinity},
                                                                    {-kInfinity, 3.0F, kNan},
                                                                    {3e38F, -3e38F, 0.0F}}) {
            const TokenId id = sample_once(params, logits, history);
            ASSERT_GE(id, 0);
            ASSERT_LT(id, static_cast<TokenId>(logits.size()));
          }
        }
}

TEST(Sampler, NeverDrawsTheImpossible) {
  SamplingParams params;
  params.temperature = 100.0F;
  EXPECT_EQ(ids_of(count_draws(params, {kNan, 1.0F, -kInfinity, 1.0F}, 2000)),
            (std::vector<TokenId>{1, 3}));
  EXPECT_EQ(ids_of(count_draws(params, {5.0F, kInfinity, 1.0F}, 200)), std::vector<TokenId>{1});
}

/// Pearson's statistic of drawn counts against probabilities (softmax of logits / temperature).
double chi_square(const std::map<TokenId, int>& counts, const std::vector<double>& probabilities,
                  int draws) {
  double sum = 0.0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const auto found = counts.find(static_cast<TokenId>(i));
    const double expected = probabilities[i] * draws;
    const double difference = (found == counts.end() ? 0 : found->second) - expected;
    sum += difference * difference / expected;
  }
  return sum;
}

// 99.9 % quantiles of the chi-square distribution: 27.9 for 9 degrees of freedom, 13.8 for 2.

TEST(Sampler, DrawsFromTheSoftmax) {
  constexpr int kDraws = 50'000;
  const std::vector<float> logits = {0.0F, 1.0F, 2.0F, -1.0F, 0.5F, 1.5F, -0.5F, 0.1F, 2.2F, 1.1F};
  for (const float temperature : {0.5F, 1.0F, 3.0F}) {
    std::vector<double> p;
    for (const float logit : logits) p.push_back(std::exp(double{logit} / double{temperature}));
    const double total = std::accumulate(p.begin(), p.end(), 0.0);
    for (double& value : p) value /= total;
    for (const std::uint64_t seed : {0U, 1U, 12345U}) {
      SamplingParams params;
      params.temperature = temperature;
      params.seed = seed;
      EXPECT_LT(chi_square(count_draws(params, logits, kDraws), p, kDraws), 27.9)
          << temperature << " " << seed;
    }
  }
}

TEST(Sampler, LimitsKeepTheProportionsOfWhatIsLeft) {
  constexpr int kDraws = 50'000;
  const std::vector<float> logits = logs({0.1, 0.4, 0.2, 0.05, 0.25});
  const std::vector<double> expected = {1e-9, 0.4 / 0.85, 0.2 / 0.85, 1e-9, 0.25 / 0.85};
  SamplingParams top_k{.temperature = 1.0F, .top_k = 3, .seed = 3};
  SamplingParams top_p{.temperature = 1.0F, .top_p = 0.8F, .seed = 4};
  SamplingParams min_p{.temperature = 1.0F, .min_p = 0.4F, .seed = 5};
  for (const SamplingParams& params : {top_k, top_p, min_p}) {
    const auto counts = count_draws(params, logits, kDraws);
    EXPECT_EQ(ids_of(counts), (std::vector<TokenId>{1, 2, 4}));
    EXPECT_LT(chi_square(counts, expected, kDraws), 13.8);
  }
}

std::vector<TokenId> possible(const SamplingParams& params, const std::vector<float>& logits) {
  return ids_of(count_draws(params, logits, 5000));
}

TEST(Sampler, TopKOfEqualsKeepsTheFirst) {
  const SamplingParams params{.temperature = 1.0F, .top_k = 2};
  EXPECT_EQ(possible(params, {1.0F, 2.0F, 1.0F, 1.0F}), (std::vector<TokenId>{0, 1}));
}

TEST(Sampler, TopPKeepsTheOneThatReachesIt) {
  const std::vector<float> logits = logs({0.5, 0.25, 0.125, 0.125});
  const auto with = [&](float top_p) {
    return possible({.temperature = 1.0F, .top_p = top_p}, logits);
  };
  EXPECT_EQ(with(0.0F), (std::vector<TokenId>{0}));
  EXPECT_EQ(with(0.4F), (std::vector<TokenId>{0}));
  EXPECT_EQ(with(0.6F), (std::vector<TokenId>{0, 1}));
  EXPECT_EQ(with(0.8F), (std::vector<TokenId>{0, 1, 2}));
  EXPECT_EQ(with(0.99F), (std::vector<TokenId>{0, 1, 2, 3}));
  EXPECT_EQ(with(1.0F), (std::vector<TokenId>{0, 1, 2, 3}));
}

TEST(Sampler, TopPIsAShareOfWhatTopKLeaves) {
  // Of the best two, 0.4 is 4/7, more than the half; of all, it is less.
  const std::vector<float> logits = logs({0.4, 0.3, 0.2, 0.1});
  EXPECT_EQ(possible({.temperature = 1.0F, .top_k = 2, .top_p = 0.5F}, logits),
            (std::vector<TokenId>{0}));
  EXPECT_EQ(possible({.temperature = 1.0F, .top_p = 0.5F}, logits), (std::vector<TokenId>{0, 1}));
}

TEST(Sampler, MinPIsRelativeToTheLikeliest) {
  const std::vector<float> logits = logs({0.5, 0.3, 0.15, 0.05});
  EXPECT_EQ(possible({.temperature = 1.0F, .min_p = 0.25F}, logits),
            (std::vector<TokenId>{0, 1, 2}));
  EXPECT_EQ(possible({.temperature = 1.0F, .min_p = 1.0F}, logits), (std::vector<TokenId>{0}));
}

TEST(Sampler, PenaltyDividesPositiveAndMultipliesNegativeLogitsOnce) {
  std::vector<float> logits = {3.0F, -3.0F, 2.0F, 0.0F};
  const std::vector<TokenId> history = {0, 1, 0, 0, 3, -200, 99};
  Sampler sampler({.repeat_penalty = 2.0F});
  EXPECT_EQ(sampler.sample(logits, history), 2);
  EXPECT_EQ(logits, (std::vector<float>{1.5F, -6.0F, 2.0F, 0.0F}));
}

TEST(Sampler, WithoutPenaltyOrHistoryNothingChanges) {
  std::vector<float> logits = {3.0F, -3.0F};
  EXPECT_EQ(Sampler({.repeat_penalty = 1.0F}).sample(logits, std::vector<TokenId>{0}), 0);
  EXPECT_EQ(Sampler({.repeat_penalty = 0.0F}).sample(logits, std::vector<TokenId>{0}), 0);
  EXPECT_EQ(Sampler({.repeat_penalty = 2.0F}).sample(logits, {}), 0);
  EXPECT_EQ(logits, (std::vector<float>{3.0F, -3.0F}));
}

std::vector<TokenId> draw_many(std::uint64_t seed) {
  Sampler sampler({.temperature = 1.0F, .top_k = 50, .top_p = 0.95F, .seed = seed});
  std::vector<TokenId> ids;
  for (int step = 0; step < 64; ++step) {
    std::vector<float> logits(1000);
    for (std::size_t i = 0; i < logits.size(); ++i)
      logits[i] = static_cast<float>((i * 37 + static_cast<std::size_t>(step) * 101) % 97) * 0.05F;
    ids.push_back(sampler.sample(logits, ids));
  }
  return ids;
}

TEST(Sampler, TheSeedDecides) {
  EXPECT_EQ(draw_many(42), draw_many(42));
  EXPECT_NE(draw_many(42), draw_many(43));
  EXPECT_NE(draw_many(0), draw_many(1));
}

TEST(Sampler, DrawsTheSameOnEveryPlatform) {
  // 1024 equal weights: each id is the top ten bits of SplitMix64's output, whose first numbers for
  // seed 1234567 are published with many implementations (6457827717110365317, …).
  Sampler sampler({.temperature = 1.0F, .seed = 1234567});
  for (const std::uint64_t number :
       {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U,
        16408922859458223821U}) {
    std::vector<float> logits(1024, 1.0F);
    EXPECT_EQ(sampler.sample(logits, {}), static_cast<TokenId>(number >> 54));
  }
}

}  // namespace
}  // namespace galago
