// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli trace: every stage's numbers as .npy files, for comparison with other programs.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/npy.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "engine/conversation_prompt.h"
#include "engine/language_runner.h"
#include "engine/picture_encoder.h"
#include "text/prompt_encoder.h"
#include "text/sampler.h"

namespace galago::cli {
namespace {

struct TraceOptions {
  ModelOptions model;
  PromptOptions prompt;
  int tokens = 16;
  std::string out;
};

/// "name.npy" for the first picture, "name.2.npy" for the second…
std::filesystem::path numbered(const std::filesystem::path& folder, const char* name,
                               std::size_t index) {
  const std::string number = index == 0 ? "" : "." + std::to_string(index + 1);
  return folder / (name + number + ".npy");
}

class Tracer {
 public:
  Tracer(const TraceOptions& options, std::shared_ptr<const Engine> engine, std::stop_token stop)
      : options_(options), engine_(std::move(engine)), stop_(std::move(stop)), out_(options.out) {}

  Status run(const std::vector<PicturePtr>& pictures) {
    GALAGO_TRY(const ExpandedPrompt prompt, make_prompt(pictures));
    GALAGO_TRY(runner_, LanguageRunner::create(engine_));
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      GALAGO_TRY(trace_picture(i, *pictures[i]));
    }
    return trace_answer(prompt);
  }

 private:
  Result<ExpandedPrompt> make_prompt(const std::vector<PicturePtr>& pictures) {
    const Model& model = engine_->model();
    ExpandedPrompt prompt;
    if (options_.prompt.raw) {
      GALAGO_TRY(prompt, raw_prompt(model, options_.prompt.text, pictures));
    } else {
      Conversation conversation = options_.prompt.conversation();
      conversation.turns.push_back({options_.prompt.text, pictures, {}});
      GALAGO_TRY(ConversationPrompt fitted, fit_conversation(model, conversation, 1));
      prompt = std::move(fitted.prompt);
    }
    std::vector<std::int32_t> ids;
    const int per_picture = engine_->info().tokens_per_picture;
    for (const std::int32_t row : prompt.rows) {
      if (row >= 0)
        ids.push_back(row);
      else if ((-1 - row) % per_picture == 0)
        ids.push_back(kPictureToken);
    }
    GALAGO_TRY(write_npy_i32(out_ / "input_ids.npy", {ids.size()}, ids));
    return prompt;
  }

  Status trace_picture(std::size_t index, const Picture& picture) {
    const PreprocessConfig& preprocess = engine_->model().vision->preprocess;
    const auto size = static_cast<std::size_t>(preprocess.image_size);
    GALAGO_TRY(const Image fitted, fit_to_model(picture.image(), preprocess));
    const std::vector<float> pixels = normalise(fitted, preprocess);
    GALAGO_TRY(write_npy_f32(numbered(out_, "pixel_values", index), {3, size, size}, pixels));
    GALAGO_TRY(auto encoder, PictureEncoder::create(engine_));
    Status written;
    auto tap = [&](std::string_view name, int rows, int cols, std::span<const float> values) {
      if (name == "vision_features")
        written =
            write_npy_f32(numbered(out_, "vision_features", index),
                          {static_cast<std::size_t>(rows), static_cast<std::size_t>(cols)}, values);
    };
    encoder->set_tap(tap);
    GALAGO_TRY(const std::vector<float> tokens, encoder->encode_pixels(pixels, stop_));
    GALAGO_TRY(std::move(written));
    const auto rows = static_cast<std::size_t>(engine_->info().tokens_per_picture);
    GALAGO_TRY(write_npy_f32(numbered(out_, "projector_output", index),
                             {rows, tokens.size() / rows}, tokens));
    return runner_->set_picture(static_cast<int>(index), tokens);
  }

  Status trace_answer(const ExpandedPrompt& prompt) {
    const Tokenizer& tokenizer = *engine_->model().tokenizer;
    GALAGO_TRY(runner_->set_mask(prompt_mask(prompt, runner_->capacity())));
    GALAGO_TRY(runner_->append(prompt.rows, stop_));
    if (!prompt.pictures.empty()) {
      GALAGO_TRY(runner_->set_mask(
          std::vector<float>(static_cast<std::size_t>(runner_->capacity()), 0.0F)));
    }
    Sampler greedy({});
    std::vector<float> all_logits;
    std::vector<TokenId> ids;
    while (true) {
      GALAGO_TRY(const std::span<float> logits, runner_->logits());
      all_logits.insert(all_logits.end(), logits.begin(), logits.end());
      const TokenId id = greedy.sample(logits, {});
      ids.push_back(id);
      if (id == tokenizer.eos_id() || static_cast<int>(ids.size()) == options_.tokens ||
          runner_->length() == runner_->capacity())
        break;
      GALAGO_TRY(runner_->append(std::span(&id, 1), stop_));
    }
    GALAGO_TRY(write_npy_f32(out_ / "logits.npy", {ids.size(), all_logits.size() / ids.size()},
                             all_logits));
    GALAGO_TRY(write_npy_i32(out_ / "tokens.npy", {ids.size()}, ids));
    return write_text(answer_text(tokenizer, ids));
  }

  Status write_text(const std::string& text) const {
    std::ofstream file(out_ / "text.txt", std::ios::binary);
    file << text << '\n';
    file.close();
    if (!file) return Error{Errc::kIo, "text.txt cannot be written", {out_.string()}};
    return {};
  }

  const TraceOptions& options_;
  std::shared_ptr<const Engine> engine_;
  std::stop_token stop_;
  std::filesystem::path out_;
  std::unique_ptr<LanguageRunner> runner_;
};

Status trace(const TraceOptions& options) {
  Interrupt interrupt;
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  if (error)
    return Error{Errc::kIo, "the folder cannot be made: " + error.message(), {options.out}};
  GALAGO_TRY(const auto pictures, options.prompt.load_pictures());
  GALAGO_TRY(const PlacedEngine placed, options.model.load(interrupt.token()));
  const auto& engine = placed.engine;
  GALAGO_TRY(Tracer(options, std::move(engine), interrupt.token()).run(pictures));
  std::printf("%s\n", options.out.c_str());
  return {};
}

}  // namespace

void add_trace_command(CLI::App& app, Status& result) {
  auto options = std::make_shared<TraceOptions>();
  CLI::App* command =
      app.add_subcommand("trace", "Write every stage's numbers to .npy files (greedy answer)");
  // f32: the numbers are for comparison, and the original's cache is as precise as its arithmetic.
  options->model.kv_type = "f32";
  options->model.add_to(*command);
  options->prompt.add_prompt_to(*command);
  command->add_option("-n,--max-tokens", options->tokens, "Tokens of the answer")
      ->check(CLI::Range(1, 1 << 16))
      ->capture_default_str();
  command->add_option("--out", options->out, "Folder for the files")->required();
  command->callback([options, &result] { result = trace(*options); });
}

}  // namespace galago::cli
