// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli run: one question, one answer.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <variant>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/kept_rate.h"
#include "cli/options.h"
#include "engine/chat_session.h"

namespace galago::cli {
namespace {

struct RunOptions {
  ModelOptions model;
  PromptOptions prompt;
  SamplingOptions sampling;
  bool json = false;
};

/// Prints the answer as it comes (unless `quiet`) and keeps what --json needs.
struct AnswerPrinter {
  bool quiet = false;
  std::string text;
  Finished finished{};

  void operator()(const GenerationEvent& event) {
    if (const auto* delta = std::get_if<TextDelta>(&event)) {
      text += delta->text;
      if (!quiet) {
        std::fwrite(delta->text.data(), 1, delta->text.size(), stdout);
        std::fflush(stdout);
      }
    } else if (const auto* change = std::get_if<DeviceChanged>(&event)) {
      // What is printed cannot be taken back: the answer begins again on a line of its own.
      if (!quiet && !text.empty()) std::puts("");
      text.clear();
      std::fprintf(stderr, "\n[%s; the processor answers from the beginning]\n",
                   change->reason.c_str());
    } else if (const auto* end = std::get_if<Finished>(&event)) {
      finished = *end;
    }
  }
};

nlohmann::json to_json(const AnswerPrinter& answer, const Engine& engine,
                       const std::string& device_reason) {
  const GenerationStats& stats = answer.finished.stats;
  return {
      {"text", answer.text},
      {"tokens", stats.answer_tokens},
      {"prompt_tokens", stats.prompt_tokens},
      {"image_tokens", stats.image_tokens},
      {"image_encode_ms", stats.image_encode_ms},
      {"prefill_tps", stats.prefill_tps()},
      {"decode_tps", stats.decode_tps()},
      {"guessed_tokens", stats.guessed_tokens},
      {"guessed_right", stats.guessed_right},
      {"ttft_ms", stats.ttft_ms},
      {"model", engine.info().name},
      {"load_ms", engine.info().load_ms},
      {"peak_rss_mb", peak_rss_mb()},
      {"device", engine.device_info().kind},
      {"device_reason", engine.device_reason().empty() ? device_reason : engine.device_reason()},
      {"threads", engine.device_info().threads},
      {"stop_reason", stop_reason_name(answer.finished.reason)}};
}

Status run(const RunOptions& options) {
  Interrupt interrupt;
  // A picture that cannot be read should be known before a model is loaded.
  GALAGO_TRY(const auto pictures, options.prompt.load_pictures());
  GALAGO_TRY(const PlacedEngine placed,
             options.model.load(interrupt.token(), options.json ? Notes::kOmit : Notes::kPrint));
  GALAGO_TRY(const auto session, ChatSession::create(placed.engine));
  AnswerPrinter printer{options.json, {}, {}};
  if (options.prompt.raw) {
    GALAGO_TRY(session->generate_raw(options.prompt.text, pictures, options.sampling.params(),
                                     interrupt.token(), printer));
  } else {
    Conversation conversation = options.prompt.conversation();
    conversation.turns.push_back({options.prompt.text, pictures, {}});
    GALAGO_TRY(
        session->generate(conversation, options.sampling.params(), interrupt.token(), printer));
  }
  const GenerationStats& stats = printer.finished.stats;
  keep_rate(*session->engine(), stats.decode_tokens, stats.decode_ms);
  if (options.json) {
    // Bytes that are no UTF-8 cannot occur in decoded text; replacing them keeps JSON valid anyway.
    const auto replace = nlohmann::json::error_handler_t::replace;
    const auto json = to_json(printer, *session->engine(), placed.reason);
    std::printf("%s\n", json.dump(2, ' ', false, replace).c_str());
  } else {
    std::printf("\n");
    if (printer.finished.reason == StopReason::kContextFull)
      std::fprintf(stderr, "[the context is full: the answer ends here]\n");
  }
  return {};
}

}  // namespace

void add_run_command(CLI::App& app, Status& result) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Answer one question, about pictures or not");
  options->model.add_to(*command);
  options->prompt.add_prompt_to(*command);
  options->sampling.add_to(*command);
  command->add_flag("--json", options->json, "Print one JSON object at the end, nothing else");
  command->callback([options, &result] { result = run(*options); });
}

}  // namespace galago::cli
