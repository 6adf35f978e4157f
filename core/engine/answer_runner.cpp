// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/answer_runner.h"

#include <algorithm>
#include <chrono>

#include "engine/token_feed.h"
#include "text/sampler.h"
#include "text/stream_decoder.h"

namespace galago {
namespace {

double now_ms() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Result<std::unique_ptr<AnswerRunner>> AnswerRunner::create(std::shared_ptr<const Engine> engine) {
  GALAGO_TRY(auto language, LanguageRunner::create(engine));
  return std::unique_ptr<AnswerRunner>(new AnswerRunner(std::move(engine), std::move(language)));
}

AnswerRunner::AnswerRunner(std::shared_ptr<const Engine> engine,
                           std::unique_ptr<LanguageRunner> language)
    : engine_(std::move(engine)),
      language_(std::move(language)),
      pictures_(static_cast<std::size_t>(engine_->info().tokens_per_picture) *
                    static_cast<std::size_t>(engine_->model().language.config().dim),
                engine_->model().picture_files) {}

Status AnswerRunner::answer(const ExpandedPrompt& prompt, const AnswerText& text,
                            const GenerationParams& params, std::stop_token stop, Sink sink) {
  GenerationStats stats;
  stats.prompt_tokens = prompt.length();
  stats.image_tokens = prompt.image_tokens;
  stats.context_size = language_->capacity();
  answer_tokens_.clear();
  return finish(run_stages(prompt, text, params, stats, std::move(stop), sink), stats, sink);
}

Status AnswerRunner::prepare(const ExpandedPrompt& prefix, std::stop_token stop, Sink sink) {
  GenerationStats stats;
  stats.prompt_tokens = prefix.length();
  stats.image_tokens = prefix.image_tokens;
  stats.context_size = language_->capacity();
  // A mask changes what is computed: such prompts are left to the answer.
  const int reused = prefix.masked.empty() ? reusable_prefix(prefix, prefix.keys.size()) : 0;
  stats.reused_tokens = reused;
  Result<StopReason> reason = StopReason::kEndOfText;
  if (prefix.masked.empty() && reused < prefix.length()) {
    if (Status computed = compute(prefix, reused, Ahead::kYes, stats, std::move(stop), sink);
        !computed)
      reason = std::move(computed).error();
  }
  return finish(std::move(reason), stats, sink);
}

Status AnswerRunner::score(const ExpandedPrompt& prompt, std::span<const TokenId> answer,
                           std::stop_token stop, FunctionRef<void(std::span<const float>)> sink) {
  Status scored = score_tokens(prompt, answer, std::move(stop), sink);
  cached_keys_.resize(static_cast<std::size_t>(language_->length()));
  return scored;
}

Status AnswerRunner::score_tokens(const ExpandedPrompt& prompt, std::span<const TokenId> answer,
                                  std::stop_token stop,
                                  FunctionRef<void(std::span<const float>)> sink) {
  if (answer.empty()) return {};
  GenerationStats stats;
  const auto ignore = [](const GenerationEvent&) {};
  GALAGO_TRY(compute(prompt, reusable_prefix(prompt, prompt.keys.size() - 1), Ahead::kNo, stats,
                     stop, ignore));
  if (!prompt.pictures.empty()) {  // as in decode()
    GALAGO_TRY(set_mask({}));
  }
  GALAGO_TRY(const std::span<float> first, language_->logits());
  sink(first);
  // The last token needs no row of its own: nothing is sampled after it.
  const auto room = static_cast<std::size_t>(language_->capacity() - language_->length());
  answer = answer.first(std::min(answer.size() - 1, room));
  while (!answer.empty()) {
    const auto run = answer.first(std::min<std::size_t>(LanguageRunner::kShortRows, answer.size()));
    GALAGO_TRY(language_->append(run, stop));
    for (const TokenId id : run) cached_keys_.push_back(static_cast<std::uint64_t>(id));
    for (std::size_t i = run.size(); i-- > 0;) {
      GALAGO_TRY(const std::span<float> logits, language_->logits(static_cast<int>(i)));
      sink(logits);
    }
    answer = answer.subspan(run.size());
  }
  return {};
}

Status AnswerRunner::finish(Result<StopReason> reason, GenerationStats& stats, Sink sink) {
  cached_keys_.resize(static_cast<std::size_t>(language_->length()));
  stats.context_used = language_->length();
  if (!reason) {
    if (reason.error().code != Errc::kCancelled) return std::move(reason).error();
    reason = StopReason::kCancelled;
  }
  sink(Finished{*reason, stats});
  return {};
}

Result<StopReason> AnswerRunner::run_stages(const ExpandedPrompt& prompt, const AnswerText& text,
                                            const GenerationParams& params, GenerationStats& stats,
                                            std::stop_token stop, Sink sink) {
  const double started_ms = now_ms();
  // The last row is always computed anew: its logits are needed.
  const int reused = reusable_prefix(prompt, prompt.keys.size() - 1);
  stats.reused_tokens = reused;
  GALAGO_TRY(compute(prompt, reused, Ahead::kNo, stats, stop, sink));
  return decode(prompt, text, params, stats, started_ms, stop, sink);
}

Status AnswerRunner::compute(const ExpandedPrompt& prompt, int reused, Ahead ahead,
                             GenerationStats& stats, std::stop_token stop, Sink sink) {
  language_->trim(reused);
  cached_keys_.resize(static_cast<std::size_t>(reused));
  unmasked_prefix_ = prompt.masked.empty() ? language_->capacity() : prompt.masked.front();
  GALAGO_TRY(set_mask(prompt));
  GALAGO_TRY(encode_pictures(prompt, reused, stats, stop, sink));
  return prefill(prompt, reused, ahead, stats, std::move(stop), sink);
}

int AnswerRunner::reusable_prefix(const ExpandedPrompt& prompt, std::size_t limit) const {
  limit = std::min(limit, cached_keys_.size());
  const auto differs =
      std::mismatch(prompt.keys.begin(), prompt.keys.begin() + static_cast<std::ptrdiff_t>(limit),
                    cached_keys_.begin());
  auto common = static_cast<int>(differs.first - prompt.keys.begin());
  if (!prompt.masked.empty()) common = std::min(common, prompt.masked.front());
  return std::min(common, unmasked_prefix_);
}

Status AnswerRunner::set_mask(const ExpandedPrompt& prompt) {
  if (prompt.masked.empty() && !mask_is_set_) return {};
  mask_is_set_ = !prompt.masked.empty();
  return language_->set_mask(prompt_mask(prompt, language_->capacity()));
}

Status AnswerRunner::encode_pictures(const ExpandedPrompt& prompt, int reused,
                                     GenerationStats& stats, std::stop_token stop, Sink sink) {
  const int per_picture = engine_->info().tokens_per_picture;
  std::vector<bool> needed(prompt.pictures.size());
  for (std::size_t i = static_cast<std::size_t>(reused); i < prompt.rows.size(); ++i)
    if (prompt.rows[i] < 0)
      needed[static_cast<std::size_t>((-1 - prompt.rows[i]) / per_picture)] = true;
  const double started_ms = now_ms();
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (!needed[i]) continue;
    const Picture& picture = *prompt.pictures[i];
    const std::vector<float>* tokens = pictures_.find(picture.content_hash());
    if (tokens == nullptr) {
      if (stats.pictures_encoded == 0) sink(StageStarted{Stage::kEncode});
      if (!encoder_) {
        GALAGO_TRY(encoder_, PictureEncoder::create(engine_));
      }
      auto progress = [&](double fraction) { sink(StageProgress{Stage::kEncode, fraction}); };
      GALAGO_TRY(auto encoded, encoder_->encode(picture.image(), stop, progress));
      tokens = &pictures_.store(picture.content_hash(), std::move(encoded), picture.kind());
      ++stats.pictures_encoded;
    }
    GALAGO_TRY(language_->set_picture(static_cast<int>(i), *tokens));
  }
  if (stats.pictures_encoded > 0) stats.image_encode_ms = now_ms() - started_ms;
  return {};
}

Status AnswerRunner::prefill(const ExpandedPrompt& prompt, int reused, Ahead ahead,
                             GenerationStats& stats, std::stop_token stop, Sink sink) {
  sink(StageStarted{Stage::kPrefill});
  const double started_ms = now_ms();
  const std::span<const std::int32_t> rows =
      std::span(prompt.rows).subspan(static_cast<std::size_t>(reused));
  auto progress = [&](double done) {
    sink(StageProgress{Stage::kPrefill, done / static_cast<double>(rows.size())});
  };
  cached_keys_ = prompt.keys;  // cut to the cache's true length by answer()
  // The row whose logits are asked for comes alone: computed anew for the same question, when the
  // cache holds the others, it then gives the same answer to the last bit.
  const std::size_t alone = ahead == Ahead::kNo ? 1 : 0;
  if (rows.size() > alone)
    GALAGO_TRY(language_->append(rows.first(rows.size() - alone), stop, progress));
  GALAGO_TRY(language_->append(rows.last(alone), std::move(stop)));
  stats.prefill_tokens = static_cast<int>(rows.size());
  stats.prefill_ms = now_ms() - started_ms;
  return {};
}

Result<StopReason> AnswerRunner::decode(const ExpandedPrompt& prompt, const AnswerText& text,
                                        const GenerationParams& params, GenerationStats& stats,
                                        double started_ms, std::stop_token stop, Sink sink) {
  sink(StageStarted{Stage::kDecode});
  Sampler sampler(params.sampling);
  StreamDecoder decoder(*engine_->model().tokenizer, text.stop_text, text.continues);
  TokenFeed feed(*language_, params.look_ahead);
  std::vector<TokenId> history = prompt.token_ids;
  double first_token_ms = 0;
  // What the decoder holds back belongs to the answer, however it ends.
  auto flush = [&](StopReason reason) {
    if (std::string rest = decoder.finish(); !rest.empty()) sink(TextDelta{rest, stats});
    return reason;
  };
  // With a picture the original forgets the mask after the prompt; without one it keeps it.
  if (!prompt.pictures.empty()) {
    GALAGO_TRY(set_mask({}));
  }
  while (true) {
    GALAGO_TRY(const std::span<float> logits, feed.logits());
    const TokenId id = sampler.sample(logits, history);
    const double now = now_ms();
    if (first_token_ms == 0) {
      first_token_ms = now;
      stats.ttft_ms = now - started_ms;
    }
    stats.decode_ms = now - first_token_ms;
    stats.context_used = feed.length();
    if (id == engine_->model().tokenizer->eos_id()) return flush(StopReason::kEndOfText);
    history.push_back(id);
    ++stats.answer_tokens;
    answer_tokens_.push_back(id);
    sink(TextDelta{decoder.push(id), stats});
    if (decoder.stopped()) return flush(StopReason::kStopText);
    if (stats.answer_tokens >= params.max_tokens) return flush(StopReason::kMaxTokens);
    if (feed.length() >= language_->capacity()) return flush(StopReason::kContextFull);
    const Status appended = feed.push(history, stop);
    stats.guessed_tokens = feed.guessed();
    stats.guessed_right = feed.guessed_right();
    if (!appended) {
      if (appended.error().code == Errc::kCancelled) return flush(StopReason::kCancelled);
      return appended.error();
    }
    cached_keys_.push_back(static_cast<std::uint64_t>(id));
    ++stats.decode_tokens;
  }
}

}  // namespace galago
