// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/sampler.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace galago {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014): one word of state, equal on every platform, which the
/// distributions of the standard library are not.
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

/// Uniform in [0, 1), a multiple of 2^-53.
double next_uniform(std::uint64_t& state) {
  return static_cast<double>(next_random(state) >> 11) * 0x1p-53;
}

/// The highest logit's id, the lowest id among equals; NaN counts as -infinity.
TokenId argmax(std::span<const float> logits) {
  std::size_t best = 0;
  float best_value = -std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < logits.size(); ++i) {
    if (logits[i] > best_value) {
      best = i;
      best_value = logits[i];
    }
  }
  return static_cast<TokenId>(best);
}

}  // namespace

Sampler::Sampler(const SamplingParams& params) : params_(params), state_(params.seed) {}

TokenId Sampler::sample(std::span<float> logits, std::span<const TokenId> history) {
  penalise(logits, history);
  if (!(params_.temperature > 0.0F)) return argmax(logits);
  weigh(logits);
  if (candidates_.empty()) return argmax(logits);
  keep_top_k();
  keep_top_p();
  keep_min_p();
  return draw();
}

bool Sampler::is_likelier(const Candidate& a, const Candidate& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.id < b.id;
}

void Sampler::penalise(std::span<float> logits, std::span<const TokenId> history) {
  const float penalty = params_.repeat_penalty;
  if (!(penalty > 0.0F) || penalty == 1.0F) return;
  seen_.assign(logits.size(), false);
  for (const TokenId id : history) {
    const auto index = static_cast<std::size_t>(id);
    if (id < 0 || index >= logits.size() || seen_[index]) continue;
    seen_[index] = true;  // once, however often it occurs
    logits[index] = logits[index] > 0.0F ? logits[index] / penalty : logits[index] * penalty;
  }
}

void Sampler::weigh(std::span<const float> logits) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  candidates_.clear();
  float highest = -kInfinity;
  for (const float logit : logits) highest = logit > highest ? logit : highest;
  if (highest == -kInfinity) return;
  const double temperature = params_.temperature;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    double weight = 1.0;
    if (logits[i] != highest) {
      if (highest == kInfinity) continue;  // nothing else has a share, and inf - inf is no number
      weight = std::exp((static_cast<double>(logits[i]) - highest) / temperature);
    }
    if (weight > 0.0) candidates_.push_back({static_cast<TokenId>(i), weight});  // NaN is not
  }
}

void Sampler::keep_top_k() {
  if (params_.top_k <= 0) return;
  const auto count = static_cast<std::size_t>(params_.top_k);
  if (count >= candidates_.size()) return;
  std::partial_sort(candidates_.begin(), candidates_.begin() + params_.top_k, candidates_.end(),
                    [](const Candidate& a, const Candidate& b) { return is_likelier(a, b); });
  candidates_.resize(count);
}

void Sampler::keep_top_p() {
  if (!(params_.top_p < 1.0F)) return;
  double total = 0.0;
  for (const Candidate& candidate : candidates_) total += candidate.weight;
  // A heap instead of a sort: mostly a few of the 32 000 candidates make up the share.
  const auto less = [](const Candidate& a, const Candidate& b) { return is_likelier(b, a); };
  std::make_heap(candidates_.begin(), candidates_.end(), less);
  auto taken = candidates_.end();
  double share = 0.0;
  do {
    std::pop_heap(candidates_.begin(), taken, less);
    --taken;  // the likeliest one left stands here now
    share += taken->weight;
  } while (taken != candidates_.begin() && share < params_.top_p * total);
  candidates_.erase(candidates_.begin(), taken);
}

void Sampler::keep_min_p() {
  // Weights are relative to the likeliest token's, which is 1 and always stays.
  const double lowest = std::min(static_cast<double>(params_.min_p), 1.0);
  std::erase_if(candidates_, [&](const Candidate& c) { return c.weight < lowest; });
}

TokenId Sampler::draw() {
  double total = 0.0;
  for (const Candidate& candidate : candidates_) total += candidate.weight;
  double rest = next_uniform(state_) * total;
  for (const Candidate& candidate : candidates_) {
    rest -= candidate.weight;
    if (rest < 0.0) return candidate.id;
  }
  return candidates_.back().id;  // rounding
}

}  // namespace galago
