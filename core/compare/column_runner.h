// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One column at work: its model loaded, its answers made and measured.
#pragma once

#include <memory>
#include <span>
#include <stop_token>

#include "base/function_ref.h"
#include "compare/column_model.h"
#include "compare/report.h"
#include "engine/scored_session.h"

namespace galago {

/// Whether a column has the process to itself, so that its memory can be told.
enum class Alone { kNo, kYes };

class ColumnRunner {
 public:
  /// `progress` hears the fraction loaded. Errors: those of Engine::load.
  static Result<std::unique_ptr<ColumnRunner>> load(const CompareColumn& column,
                                                    const ModelFiles& files,
                                                    const std::stop_token& stop,
                                                    FunctionRef<void(double)> progress);

  const ColumnFacts& facts() const { return facts_; }

  /// In a new session: nothing is known of earlier pictures and prompts, so that all cases cost
  /// what they cost. A failure is in the answer.
  CompareAnswer answer(const CompareCase& item, Alone alone, const std::stop_token& stop,
                       FunctionRef<void(const GenerationEvent&)> sink);

  /// Hears the logits of each token of `tokens` as the answer of the last case. Errors: those of
  /// ScoredSession::score.
  Status score(std::span<const TokenId> tokens, const std::stop_token& stop,
               FunctionRef<void(std::span<const float>)> sink);

 private:
  ColumnRunner(GenerationParams params, std::shared_ptr<const Engine> engine);

  Status generate(const CompareCase& item, const GenerationParams& params,
                  const std::stop_token& stop, FunctionRef<void(const GenerationEvent&)> sink,
                  CompareAnswer& answer);

  GenerationParams params_;
  std::shared_ptr<const Engine> engine_;
  ColumnFacts facts_;
  std::unique_ptr<ScoredSession> session_;  // of the last case
  Conversation conversation_;
  GenerationParams last_params_;
};

}  // namespace galago
