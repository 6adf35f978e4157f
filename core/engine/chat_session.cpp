// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/chat_session.h"

#include "engine/answer_runner.h"
#include "engine/conversation_prompt.h"
#include "engine/loaded_model.h"
#include "engine/scored_session.h"
#include "text/prompt_encoder.h"

namespace galago {
namespace {

class ModelChatSession final : public ScoredSession {
 public:
  ModelChatSession(std::shared_ptr<const Engine> engine, std::unique_ptr<AnswerRunner> runner)
      : engine_(std::move(engine)), runner_(std::move(runner)) {}

  const std::shared_ptr<const Engine>& engine() const override { return engine_; }

  Status generate(const Conversation& conversation, const GenerationParams& params,
                  std::stop_token stop, FunctionRef<void(GenerationEvent)> sink) override {
    GALAGO_TRY(const ConversationPrompt prompt,
               fit_conversation(engine_->model(), conversation, params.max_tokens));
    if (prompt.turns_dropped > 0) sink(TurnsDropped{prompt.turns_dropped});
    return run(sink,
               [&] { return runner_->answer(prompt.prompt, prompt.text, params, stop, sink); });
  }

  Status prepare(const Conversation& conversation, const GenerationParams& params,
                 std::stop_token stop, FunctionRef<void(GenerationEvent)> sink) override {
    GALAGO_TRY(const ExpandedPrompt prompt,
               settled_prefix(engine_->model(), conversation, params.max_tokens));
    return run(sink, [&] { return runner_->prepare(prompt, stop, sink); });
  }

  Status generate_raw(std::string_view text, const std::vector<PicturePtr>& pictures,
                      const GenerationParams& params, std::stop_token stop,
                      FunctionRef<void(GenerationEvent)> sink) override {
    GALAGO_TRY(const ExpandedPrompt prompt, raw_prompt(engine_->model(), text, pictures));
    return run(sink, [&] { return runner_->answer(prompt, {}, params, stop, sink); });
  }

  std::span<const TokenId> answer_tokens() const override { return runner_->answer_tokens(); }

  Status score(const Conversation& conversation, const GenerationParams& params,
               std::span<const TokenId> answer, std::stop_token stop,
               FunctionRef<void(std::span<const float>)> sink) override {
    GALAGO_TRY(const ConversationPrompt prompt,
               fit_conversation(engine_->model(), conversation, params.max_tokens));
    return runner_->score(prompt.prompt, answer, std::move(stop), sink);
  }

  Result<int> count_tokens(const Conversation& conversation) const override {
    GALAGO_TRY(const ExpandedPrompt prompt, whole_conversation(engine_->model(), conversation));
    return prompt.length();
  }

 private:
  /// `call` on the runner; where the GPU fails in it, once more on the processor.
  Status run(FunctionRef<void(GenerationEvent)> sink, FunctionRef<Status()> call) {
    Status status = call();
    if (status || !engine_->can_leave_gpu(status.error())) return status;
    GALAGO_TRY(auto engine, engine_->on_cpu(status.error()));
    GALAGO_TRY(auto runner, AnswerRunner::create(engine));
    runner_ = std::move(runner);  // first: the old one lives on the old engine's device
    engine_ = std::move(engine);
    sink(DeviceChanged{engine_->device_info(), engine_->device_reason()});
    return call();
  }

  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<AnswerRunner> runner_;
};

}  // namespace

Result<std::unique_ptr<ChatSession>> ChatSession::create(std::shared_ptr<const Engine> engine) {
  GALAGO_TRY(auto session, ScoredSession::create(std::move(engine)));
  return std::unique_ptr<ChatSession>(std::move(session));
}

Result<std::unique_ptr<ScoredSession>> ScoredSession::create(std::shared_ptr<const Engine> engine) {
  auto runner = AnswerRunner::create(engine);
  if (!runner && engine->can_leave_gpu(runner.error())) {
    GALAGO_TRY(engine, engine->on_cpu(runner.error()));
    runner = AnswerRunner::create(engine);
  }
  if (!runner) return std::move(runner).error();
  return std::unique_ptr<ScoredSession>(
      std::make_unique<ModelChatSession>(std::move(engine), *std::move(runner)));
}

}  // namespace galago
