// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// From a prompt to a streamed answer: encodes the pictures it has not seen, computes what the KV
// cache does not hold, samples until a reason to stop.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/generation.h"
#include "engine/language_runner.h"
#include "engine/picture_cache.h"
#include "engine/picture_encoder.h"
#include "engine/prompt.h"

namespace galago {

/// How tokens become the text of an answer.
struct AnswerText {
  std::string stop_text;   ///< ends it; empty: none
  bool continues = false;  ///< it follows the last character of what there is already
};

class AnswerRunner {
 public:
  static Result<std::unique_ptr<AnswerRunner>> create(std::shared_ptr<const Engine> engine);

  /// See ChatSession::generate.
  Status answer(const ExpandedPrompt& prompt, const AnswerText& text,
                const GenerationParams& params, std::stop_token stop,
                FunctionRef<void(GenerationEvent)> sink);
  /// See ChatSession::prepare: `prefix` is a part of a prompt to come.
  Status prepare(const ExpandedPrompt& prefix, std::stop_token stop,
                 FunctionRef<void(GenerationEvent)> sink);

  /// See ScoredSession.
  std::span<const TokenId> answer_tokens() const { return answer_tokens_; }

  Status score(const ExpandedPrompt& prompt, std::span<const TokenId> answer, std::stop_token stop,
               FunctionRef<void(std::span<const float>)> sink);

 private:
  using Sink = FunctionRef<void(GenerationEvent)>;

  /// Whether a prompt is computed before it is whole; no answer follows then.
  enum class Ahead { kNo, kYes };

  AnswerRunner(std::shared_ptr<const Engine> engine, std::unique_ptr<LanguageRunner> language);

  /// Of the first `limit` positions of the prompt, those that the KV cache holds.
  int reusable_prefix(const ExpandedPrompt& prompt, std::size_t limit) const;
  /// Makes the KV cache hold the prompt, of which it already holds the first `reused` positions.
  Status compute(const ExpandedPrompt& prompt, int reused, Ahead ahead, GenerationStats& stats,
                 std::stop_token stop, Sink sink);
  /// Ends a request: the cache may hold fewer positions than were asked for.
  Status finish(Result<StopReason> reason, GenerationStats& stats, Sink sink);
  Status score_tokens(const ExpandedPrompt& prompt, std::span<const TokenId> answer,
                      std::stop_token stop, FunctionRef<void(std::span<const float>)> sink);
  Status set_mask(const ExpandedPrompt& prompt);
  Status encode_pictures(const ExpandedPrompt& prompt, int reused, GenerationStats& stats,
                         std::stop_token stop, Sink sink);
  Status prefill(const ExpandedPrompt& prompt, int reused, Ahead ahead, GenerationStats& stats,
                 std::stop_token stop, Sink sink);
  Result<StopReason> decode(const ExpandedPrompt& prompt, const AnswerText& text,
                            const GenerationParams& params, GenerationStats& stats,
                            double started_ms, std::stop_token stop, Sink sink);
  Result<StopReason> run_stages(const ExpandedPrompt& prompt, const AnswerText& text,
                                const GenerationParams& params, GenerationStats& stats,
                                std::stop_token stop, Sink sink);

  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<LanguageRunner> language_;
  std::unique_ptr<PictureEncoder> encoder_;  // made with the first picture
  PictureCache pictures_;
  std::vector<std::uint64_t> cached_keys_;  // what the KV cache holds, see ExpandedPrompt::keys
  std::vector<TokenId> answer_tokens_;      // of the last answer
  int unmasked_prefix_ = 0;                 // of these, positions computed without any mask
  bool mask_is_set_ = false;
};

}  // namespace galago
