// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Picks the next token: repetition penalty, temperature, top-k, top-p, min-p, draw.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/tokenizer.h"

namespace galago {

struct SamplingParams {
  float temperature = 0.0F;     ///< 0: greedy, the rest is then ignored except the penalty
  int top_k = 0;                ///< 0: off
  float top_p = 1.0F;           ///< 1: off
  float min_p = 0.0F;           ///< 0: off
  float repeat_penalty = 1.0F;  ///< 1: off; Keskar et al. 2019 (CTRL), §4.1
  std::uint64_t seed = 0;
};

class Sampler {
 public:
  explicit Sampler(const SamplingParams& params);

  /// `logits` [vocab], not empty, are changed in place; `history` holds the prompt's and the
  /// answer's ids. NaN counts as -infinity; ids outside the vocabulary (a picture's) are no
  /// history. Whatever the logits, the result is an id of the vocabulary; the steps follow
  /// transformers' order.
  TokenId sample(std::span<float> logits, std::span<const TokenId> history);

 private:
  struct Candidate {
    TokenId id;
    double weight;  ///< exp((logit - highest) / temperature): the likeliest token's is 1
  };

  static bool is_likelier(const Candidate& a, const Candidate& b);

  void penalise(std::span<float> logits, std::span<const TokenId> history);
  void weigh(std::span<const float> logits);
  void keep_top_k();
  void keep_top_p();
  void keep_min_p();
  TokenId draw();

  SamplingParams params_;
  std::uint64_t state_;
  std::vector<Candidate> candidates_;  // kept between calls: decoding allocates nothing
  std::vector<bool> seen_;
};

}  // namespace galago
