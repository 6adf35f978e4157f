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

  Status generate(const Conversation& conversation, const GenerationParams& params,
                  std::stop_token stop, FunctionRef<void(GenerationEvent)> sink) override {
    GALAGO_TRY(const ConversationPrompt prompt,
               fit_conversation(engine_->model(), conversation, params.max_tokens));
    if (prompt.turns_dropped > 0) sink(TurnsDropped{prompt.turns_dropped});
    return runner_->answer(prompt.prompt, prompt.text, params, std::move(stop), sink);
  }

  Status prepare(const Conversation& conversation, const GenerationParams& params,
                 std::stop_token stop, FunctionRef<void(GenerationEvent)> sink) override {
    GALAGO_TRY(const ExpandedPrompt prompt,
               settled_prefix(engine_->model(), conversation, params.max_tokens));
    return runner_->prepare(prompt, std::move(stop), sink);
  }

  Status generate_raw(std::string_view text, const std::vector<PicturePtr>& pictures,
                      const GenerationParams& params, std::stop_token stop,
                      FunctionRef<void(GenerationEvent)> sink) override {
    GALAGO_TRY(const ExpandedPrompt prompt, raw_prompt(engine_->model(), text, pictures));
    return runner_->answer(prompt, {}, params, std::move(stop), sink);
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
  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<AnswerRunner> runner_;
};

}  // namespace

Result<std::unique_ptr<ChatSession>> ChatSession::create(std::shared_ptr<const Engine> engine) {
  GALAGO_TRY(auto session, ScoredSession::create(std::move(engine)));
  return std::unique_ptr<ChatSession>(std::move(session));
}

Result<std::unique_ptr<ScoredSession>> ScoredSession::create(std::shared_ptr<const Engine> engine) {
  GALAGO_TRY(auto runner, AnswerRunner::create(engine));
  return std::unique_ptr<ScoredSession>(
      std::make_unique<ModelChatSession>(std::move(engine), std::move(runner)));
}

}  // namespace galago
