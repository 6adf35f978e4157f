// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "compare/column_runner.h"

#include <xxhash.h>

#include <string>
#include <utility>
#include <variant>

#include "base/process_memory.h"
#include "compare/agreement.h"
#include "engine/loaded_model.h"
#include "placement/placement.h"

namespace galago {
namespace {

/// Of all pieces, each with its end.
std::uint64_t vocabulary_hash(const Tokenizer& tokenizer) {
  std::string pieces;
  for (TokenId id = 0; id < tokenizer.vocabulary_size(); ++id) {
    pieces += tokenizer.piece_bytes(id);
    pieces += '\0';
  }
  return XXH3_64bits(pieces.data(), pieces.size());
}

ColumnFacts facts_of(const Engine& engine) {
  const ModelInfo& info = engine.info();
  const DeviceInfo device = engine.device_info();
  ColumnFacts facts;
  facts.model = info.name;
  facts.quantisation = info.quantisation;
  facts.projector = info.projector;
  facts.device = device.kind;
  facts.device_name = device.name;
  facts.threads = device.threads;
  facts.context_size = info.context_size;
  facts.parameter_count = info.parameter_count;
  facts.file_bytes = info.file_bytes;
  facts.vocabulary = vocabulary_hash(*engine.model().tokenizer);
  facts.load_ms = info.load_ms;
  return facts;
}

}  // namespace

Result<std::unique_ptr<ColumnRunner>> ColumnRunner::load(const CompareColumn& column,
                                                         const ModelFiles& files,
                                                         const std::stop_token& stop,
                                                         FunctionRef<void(double)> progress) {
  EngineOptions options;
  options.model = files.language_model;
  options.mmproj = files.mmproj;
  options.device = column.device;
  options.threads = column.threads;
  options.context_size = column.context_size;
  GALAGO_TRY(PlacedEngine placed, load_engine(options, Measure::kOnce, stop, progress));
  return std::unique_ptr<ColumnRunner>(new ColumnRunner(column.params, std::move(placed.engine)));
}

ColumnRunner::ColumnRunner(GenerationParams params, std::shared_ptr<const Engine> engine)
    : params_(params), engine_(std::move(engine)), facts_(facts_of(*engine_)) {}

CompareAnswer ColumnRunner::answer(const CompareCase& item, Alone alone,
                                   const std::stop_token& stop,
                                   FunctionRef<void(const GenerationEvent&)> sink) {
  CompareAnswer answer;
  GenerationParams params = params_;
  params.sampling.seed = item.seed.value_or(params.sampling.seed);
  params.max_tokens = item.max_tokens.value_or(params.max_tokens);
  answer.seed = params.sampling.seed;
  const bool is_measured = alone == Alone::kYes && reset_peak_memory();
  if (Status made = generate(item, params, stop, sink, answer); !made) {
    answer.error = std::move(made).error();
    return answer;
  }
  if (is_measured) answer.peak_bytes = peak_memory();
  answer.is_there = true;
  if (answer.reason != StopReason::kCancelled)
    answer.failures = unmet_expectations(item, answer.text);
  return answer;
}

Status ColumnRunner::generate(const CompareCase& item, const GenerationParams& params,
                              const std::stop_token& stop,
                              FunctionRef<void(const GenerationEvent&)> sink,
                              CompareAnswer& answer) {
  session_.reset();  // first: two caches would be counted
  GALAGO_TRY(session_, ScoredSession::create(engine_));
  GALAGO_TRY(auto pictures, compare_pictures(item));
  conversation_ = {};
  conversation_.turns.push_back({item.prompt, std::move(pictures), {}});
  last_params_ = params;
  const auto listen = [&](const GenerationEvent& event) {
    if (const auto* delta = std::get_if<TextDelta>(&event)) {
      answer.text += delta->text;
    } else if (std::holds_alternative<DeviceChanged>(event)) {
      answer.text.clear();
      facts_ = facts_of(*session_->engine());
    } else if (const auto* end = std::get_if<Finished>(&event)) {
      answer.reason = end->reason;
      answer.stats = end->stats;
    }
    sink(event);
  };
  Status made = session_->generate(conversation_, params, stop, listen);
  const std::span<const TokenId> tokens = session_->answer_tokens();
  answer.tokens.assign(tokens.begin(), tokens.end());
  return made;
}

Status ColumnRunner::score(std::span<const TokenId> tokens, const std::stop_token& stop,
                           FunctionRef<void(std::span<const float>)> sink) {
  return session_->score(conversation_, last_params_, tokens, stop, sink);
}

}  // namespace galago
