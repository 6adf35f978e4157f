// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Picks the next token: repetition penalty, temperature, top-k, top-p, min-p, draw.
#pragma once

#include <cstdint>
#include <memory>
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

  /// `logits` [vocab] are changed in place; `history` holds the prompt's and the answer's ids.
  TokenId sample(std::span<float> logits, std::span<const TokenId> history);

 private:
  SamplingParams params_;
  std::uint64_t state_;
  struct Candidate {
    TokenId id;
    float value;
  };
  std::vector<Candidate> candidates_;
};

}  // namespace galago
