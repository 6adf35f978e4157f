// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Conversations on the project's own small model: caching, stopping, a full context, events.
#include "engine/chat_session.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/question_size.h"
#include "temporary_folder.h"
#include "test_data.h"

namespace galago {
namespace {

struct Answer {
  std::string text;
  std::vector<Stage> stages;
  int turns_dropped = 0;
  bool has_finished = false;
  Finished finished{};

  void operator()(const GenerationEvent& event) {
    EXPECT_FALSE(has_finished) << "an event after Finished";
    if (const auto* stage = std::get_if<StageStarted>(&event)) stages.push_back(stage->stage);
    if (const auto* progress = std::get_if<StageProgress>(&event)) {
      EXPECT_GE(progress->fraction, 0);
      EXPECT_LE(progress->fraction, 1);
    }
    if (const auto* delta = std::get_if<TextDelta>(&event)) text += delta->text;
    if (const auto* dropped = std::get_if<TurnsDropped>(&event)) turns_dropped = dropped->turns;
    if (const auto* end = std::get_if<Finished>(&event)) {
      finished = *end;
      has_finished = true;
    }
  }
};

PicturePtr gradient_picture(int seed) {
  Image image{40, 30, {}};
  for (int i = 0; i < 40 * 30 * 3; ++i)
    image.pixels.push_back(static_cast<std::uint8_t>(i * seed / 7));
  return std::make_shared<const Picture>(std::move(image));
}

class ChatSessionTest : public testing::Test {
 protected:
  static std::shared_ptr<const Engine> load(int context, bool with_vision = true,
                                            EngineOptions options = {}) {
    options.model = test_data_folder() / "model" / "ggml-model-f16.gguf";
    if (with_vision) options.mmproj = test_data_folder() / "model" / "mmproj-model-f16.gguf";
    options.device = "cpu";
    options.threads = 2;
    options.context_size = context;
    options.arithmetic = Arithmetic::kExact;  // random weights: rounding would change words
    auto engine = Engine::load(options);
    EXPECT_TRUE(engine) << engine.error().message();
    return engine ? *engine : nullptr;
  }

  static std::unique_ptr<ChatSession> session(const std::shared_ptr<const Engine>& engine) {
    auto created = ChatSession::create(engine);
    EXPECT_TRUE(created) << created.error().message();
    return created ? *std::move(created) : nullptr;
  }

  static Answer ask(ChatSession& chat, const Conversation& conversation, int max_tokens = 6,
                    const SamplingParams& sampling = {}) {
    Answer answer;
    const Status status = chat.generate(conversation, {sampling, max_tokens}, {}, answer);
    EXPECT_TRUE(status) << status.error().message();
    EXPECT_TRUE(answer.has_finished);
    return answer;
  }

  static Answer prepare(ChatSession& chat, const Conversation& conversation) {
    Answer answer;
    const Status status = chat.prepare(conversation, {}, {}, answer);
    EXPECT_TRUE(status) << status.error().message();
    EXPECT_TRUE(answer.has_finished);
    return answer;
  }
};

TEST_F(ChatSessionTest, StagesComeInOrder) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"What is this?", {gradient_picture(1)}, {}}};
  const Answer answer = ask(*chat, conversation);
  EXPECT_EQ(answer.stages, (std::vector<Stage>{Stage::kEncode, Stage::kPrefill, Stage::kDecode}));
  const GenerationStats& stats = answer.finished.stats;
  EXPECT_EQ(stats.image_tokens, engine->info().tokens_per_picture);
  EXPECT_EQ(stats.pictures_encoded, 1);
  EXPECT_EQ(stats.prefill_tokens, stats.prompt_tokens);
  EXPECT_GT(stats.image_encode_ms, 0);
  EXPECT_GE(stats.ttft_ms, stats.image_encode_ms + stats.prefill_ms);
  EXPECT_EQ(answer.finished.reason, StopReason::kMaxTokens);
  EXPECT_EQ(stats.answer_tokens, 6);
  EXPECT_EQ(stats.decode_tokens, 5);
}

TEST_F(ChatSessionTest, AFollowUpComputesOnlyWhatIsNew) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"What is this?", {gradient_picture(1)}, {}}};
  const Answer first = ask(*chat, conversation);
  conversation.turns.back().answer = first.text;
  conversation.turns.push_back({"And why?", {}, {}});
  const Answer second = ask(*chat, conversation);
  EXPECT_EQ(second.finished.stats.pictures_encoded, 0);
  EXPECT_GE(second.finished.stats.reused_tokens, first.finished.stats.prompt_tokens);
  EXPECT_LT(second.finished.stats.prefill_tokens, 40);
  // What was reused does not change the answer.
  EXPECT_EQ(ask(*session(engine), conversation).text, second.text);
}

TEST_F(ChatSessionTest, AnAnswerGoesOnFromWhatThereIs) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"What is this?", {gradient_picture(1)}, {}}};
  const Answer first = ask(*chat, conversation);
  ASSERT_FALSE(first.text.empty());
  conversation.turns.back().answer = first.text;
  const Answer more = ask(*chat, conversation);
  EXPECT_FALSE(more.text.empty());
  const GenerationStats& stats = more.finished.stats;
  EXPECT_GT(stats.prompt_tokens, first.finished.stats.prompt_tokens);
  EXPECT_GE(stats.reused_tokens, first.finished.stats.prompt_tokens - 1);
  EXPECT_EQ(stats.answer_tokens, 6);
}

TEST_F(ChatSessionTest, WhatWasPreparedIsNotComputedAgain) {
  const auto engine = load(512);
  const auto chat = session(engine);
  const PicturePtr picture = gradient_picture(1);
  Conversation conversation;
  conversation.turns = {{"", {picture}, {}}};
  const Answer ahead = prepare(*chat, conversation);
  EXPECT_EQ(ahead.finished.reason, StopReason::kEndOfText);
  EXPECT_EQ(ahead.finished.stats.pictures_encoded, 1);
  EXPECT_GT(ahead.finished.stats.context_used, engine->info().tokens_per_picture);
  EXPECT_TRUE(ahead.text.empty());
  // As the question is typed, only what is new of it.
  conversation.turns[0].question = "What is in ";
  const Answer typed = prepare(*chat, conversation);
  EXPECT_EQ(typed.finished.stats.pictures_encoded, 0);
  EXPECT_GE(typed.finished.stats.prefill_tokens, 1);
  EXPECT_LT(typed.finished.stats.prefill_tokens, 20);
  EXPECT_EQ(prepare(*chat, conversation).finished.stats.prefill_tokens, 0);
  conversation.turns[0].question = "What is in this picture?";
  const Answer answer = ask(*chat, conversation);
  EXPECT_EQ(answer.finished.stats.pictures_encoded, 0);
  EXPECT_GE(answer.finished.stats.reused_tokens, typed.finished.stats.context_used);
  EXPECT_EQ(answer.text, ask(*session(engine), conversation).text);
}

TEST_F(ChatSessionTest, WhatWasPreparedInVainDoesNoHarm) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"What is this?", {gradient_picture(1)}, {}}};
  const std::string text = ask(*session(engine), conversation).text;
  Conversation other;
  other.turns = {{"Who painted it", {gradient_picture(2)}, {}}};
  prepare(*chat, other);
  EXPECT_EQ(ask(*chat, conversation).text, text);
  // Nor does a stop in the middle of it.
  std::stop_source stop;
  bool has_finished = false;
  auto sink = [&](const GenerationEvent& event) {
    if (std::holds_alternative<StageProgress>(event)) stop.request_stop();
    if (const auto* finished = std::get_if<Finished>(&event)) {
      has_finished = true;
      EXPECT_EQ(finished->reason, StopReason::kCancelled);
    }
  };
  other.turns[0].pictures = {gradient_picture(3)};
  ASSERT_TRUE(chat->prepare(other, {}, stop.get_token(), sink));
  EXPECT_TRUE(has_finished);
  EXPECT_EQ(ask(*chat, conversation).text, text);
}

TEST_F(ChatSessionTest, APictureIsKnownAfterARestart) {
  const TemporaryFolder folder;
  EngineOptions options;
  options.picture_folder = folder.path();
  Conversation conversation;
  conversation.turns = {{"What is this?", {gradient_picture(1)}, {}}};
  const Answer first = ask(*session(load(512, true, options)), conversation);
  EXPECT_EQ(first.finished.stats.pictures_encoded, 1);
  const Answer second = ask(*session(load(512, true, options)), conversation);
  EXPECT_EQ(second.finished.stats.pictures_encoded, 0);
  EXPECT_EQ(second.text, first.text);
}

TEST_F(ChatSessionTest, AnotherPictureIsNotTakenForTheFirst) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"What is this?", {gradient_picture(1)}, {}}};
  ask(*chat, conversation);
  conversation.turns[0].pictures = {gradient_picture(2)};
  const Answer other = ask(*chat, conversation);
  EXPECT_EQ(other.finished.stats.pictures_encoded, 1);
  EXPECT_LT(other.finished.stats.reused_tokens, 100);
  EXPECT_EQ(other.text, ask(*session(engine), conversation).text);
  // The first one again: its tokens are kept, though the KV cache moved on.
  conversation.turns[0].pictures = {gradient_picture(1)};
  EXPECT_EQ(ask(*chat, conversation).finished.stats.pictures_encoded, 0);
}

TEST_F(ChatSessionTest, TheSameSeedGivesTheSameText) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"Tell me a story.", {}, {}}};
  const SamplingParams warm{.temperature = 1.5F, .seed = 3};
  const SamplingParams other{.temperature = 1.5F, .seed = 4};
  const std::string text = ask(*session(engine), conversation, 24, warm).text;
  EXPECT_EQ(ask(*session(engine), conversation, 24, warm).text, text);
  EXPECT_NE(ask(*session(engine), conversation, 24, other).text, text);
}

TEST_F(ChatSessionTest, LookingAheadDoesNotChangeAnswers) {
  const auto engine = load(512);
  const auto chat = session(engine);
  SamplingParams drawn;
  drawn.temperature = 0.3F;
  int guessed = 0;
  for (const SamplingParams& sampling : {SamplingParams{}, drawn}) {
    Conversation conversation;
    for (const char* question : {"Say one two three one two three", "Again", "And once more"}) {
      conversation.turns.push_back({question, {}, {}});
      Answer answers[2];
      for (const bool ahead : {false, true})
        ASSERT_TRUE(chat->generate(conversation, {sampling, 40, ahead}, {}, answers[ahead]));
      EXPECT_EQ(answers[0].text, answers[1].text);
      const GenerationStats& alone = answers[0].finished.stats;
      const GenerationStats& ahead = answers[1].finished.stats;
      EXPECT_EQ(alone.guessed_tokens, 0);
      EXPECT_EQ(ahead.answer_tokens, alone.answer_tokens);
      EXPECT_EQ(ahead.decode_tokens, alone.decode_tokens);
      EXPECT_EQ(ahead.context_used, alone.context_used) << "guesses stayed in the cache";
      EXPECT_LE(ahead.guessed_right, ahead.guessed_tokens);
      guessed += ahead.guessed_tokens;
      conversation.turns.back().answer = answers[1].text;
    }
  }
  EXPECT_GT(guessed, 0);
}

TEST_F(ChatSessionTest, AStopDuringEncodingLeavesTheSessionUsable) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"What is this?", {gradient_picture(1)}, {}}};
  std::stop_source stop;
  int progress_after_stop = 0;
  bool has_finished = false;
  auto sink = [&](const GenerationEvent& event) {
    if (std::holds_alternative<StageProgress>(event)) {
      progress_after_stop += stop.stop_requested() ? 1 : 0;
      stop.request_stop();
    }
    if (const auto* finished = std::get_if<Finished>(&event)) {
      has_finished = true;
      EXPECT_EQ(finished->reason, StopReason::kCancelled);
      EXPECT_EQ(finished->stats.answer_tokens, 0);
    }
  };
  ASSERT_TRUE(chat->generate(conversation, {{}, 4}, stop.get_token(), sink));
  EXPECT_TRUE(has_finished);
  EXPECT_LE(progress_after_stop, 1);
  EXPECT_EQ(ask(*chat, conversation).text, ask(*session(engine), conversation).text);
}

TEST_F(ChatSessionTest, AStopDuringTheAnswerKeepsWhatWasSaid) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"Tell me a story.", {}, {}}};
  std::stop_source stop;
  Answer answer;
  int deltas = 0;
  auto sink = [&](const GenerationEvent& event) {
    answer(event);
    if (std::holds_alternative<TextDelta>(event) && ++deltas == 3) stop.request_stop();
  };
  ASSERT_TRUE(chat->generate(conversation, {{}, 100}, stop.get_token(), sink));
  EXPECT_EQ(answer.finished.reason, StopReason::kCancelled);
  EXPECT_EQ(answer.finished.stats.answer_tokens, 3);
  EXPECT_EQ(ask(*chat, conversation).text, ask(*session(engine), conversation).text);
}

TEST_F(ChatSessionTest, AFullContextLosesTheOldestTurnsButNotThePicture) {
  const auto engine = load(300);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"What is in this picture, and what colour is it?",
                         {gradient_picture(1)},
                         "An answer of some words, long enough to matter."}};
  int dropped = 0;
  for (int turn = 0; turn < 6; ++turn) {
    conversation.turns.push_back({"Tell me more about it, please, at some length.", {}, {}});
    const Answer answer = ask(*chat, conversation, 8);
    EXPECT_EQ(answer.finished.stats.image_tokens, engine->info().tokens_per_picture);
    EXPECT_LE(answer.finished.stats.context_used, 300);
    EXPECT_EQ(answer.finished.stats.pictures_encoded, turn == 0 ? 1 : 0);
    if (answer.turns_dropped > dropped) {
      // System prompt and picture are a prefix of both prompts.
      EXPECT_GT(answer.finished.stats.reused_tokens, engine->info().tokens_per_picture);
    }
    dropped = std::max(dropped, answer.turns_dropped);
    conversation.turns.back().answer = "More words that take some of the context's room.";
  }
  EXPECT_GT(dropped, 1);
}

TEST_F(ChatSessionTest, AnAnswerEndsWhereTheContextDoes) {
  const auto engine = load(100);
  const auto chat = session(engine);
  Conversation conversation;
  conversation.has_system = true;
  conversation.turns = {{"Tell me a story.", {}, {}}};
  const Answer answer = ask(*chat, conversation, 1000, {.temperature = 1.0F, .seed = 1});
  EXPECT_EQ(answer.finished.reason, StopReason::kContextFull);
  EXPECT_EQ(answer.finished.stats.context_used, 100);
}

TEST_F(ChatSessionTest, ImpossibleRequestsAreRefusedWithAReason) {
  const auto engine = load(300);
  const auto chat = session(engine);
  const auto code = [&](const Conversation& conversation) {
    Answer answer;
    const Status status = chat->generate(conversation, {}, {}, answer);
    return status ? Errc::kInternal : status.error().code;
  };
  Conversation conversation;
  EXPECT_EQ(code(conversation), Errc::kInvalidArgument) << "no turns";
  std::string words;
  for (int i = 0; i < 400; ++i) words += "word ";
  conversation.turns = {{words, {}, {}}};
  EXPECT_EQ(code(conversation), Errc::kContextFull);
  conversation.turns = {
      {"Hi", {gradient_picture(1), gradient_picture(2), gradient_picture(3)}, {}}};
  EXPECT_EQ(code(conversation), Errc::kContextFull) << "more pictures than the context holds";
  conversation.turns = {{"Hi", {}, {}}};
  conversation.template_name = "nonsense";
  EXPECT_EQ(code(conversation), Errc::kInvalidArgument);
}

TEST_F(ChatSessionTest, ATextOnlyModelRefusesPictures) {
  const auto engine = load(300, false);
  EXPECT_FALSE(engine->has_vision());
  const auto chat = session(engine);
  Conversation conversation;
  conversation.turns = {{"What is this?", {gradient_picture(1)}, {}}};
  Answer answer;
  const Status status = chat->generate(conversation, {}, {}, answer);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kInvalidArgument);
  conversation.turns[0].pictures.clear();
  EXPECT_FALSE(ask(*chat, conversation).has_finished == false);
}

TEST_F(ChatSessionTest, LoadingCanBeStopped) {
  EngineOptions options;
  options.model = test_data_folder() / "model" / "ggml-model-f16.gguf";
  std::stop_source stop;
  auto progress = [&](double) { stop.request_stop(); };
  const auto engine = Engine::load(options, stop.get_token(), progress);
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().code, Errc::kCancelled);
}

TEST_F(ChatSessionTest, SaysWhatAQuestionTakesBeforeItIsAsked) {
  const auto engine = load(512);
  const auto chat = session(engine);
  Conversation conversation;
  EXPECT_FALSE(measure_question(*engine, conversation)) << "no turns";
  conversation.turns = {{"What is it?", {gradient_picture(1)}, {}}};
  const auto first = measure_question(*engine, conversation);
  ASSERT_TRUE(first) << first.error().message();
  const Answer answer = ask(*chat, conversation);
  EXPECT_EQ(first->tokens, answer.finished.stats.prompt_tokens);
  EXPECT_EQ(first->least, first->tokens);
  EXPECT_EQ(first->left, 512);
  EXPECT_EQ(first->context, 512);
  EXPECT_TRUE(first->fits());

  conversation.turns.back().answer = answer.text;
  conversation.turns.push_back({"And its colour?", {}, {}});
  const auto second = measure_question(*engine, conversation);
  ASSERT_TRUE(second);
  EXPECT_EQ(512 - second->left + second->tokens,
            ask(*chat, conversation).finished.stats.prompt_tokens);
  EXPECT_LT(second->tokens, 40);
  EXPECT_GT(second->least, 144) << "the picture stays when its question leaves";

  for (int i = 0; i < 3; ++i) conversation.turns.back().pictures.push_back(gradient_picture(2 + i));
  const auto third = measure_question(*engine, conversation);
  ASSERT_TRUE(third);
  EXPECT_FALSE(third->fits());
  Answer refused;
  const Status status = chat->generate(conversation, {}, {}, refused);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kContextFull);
}

}  // namespace
}  // namespace galago
