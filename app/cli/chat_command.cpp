// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli chat: a conversation in the terminal.
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <variant>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/kept_rate.h"
#include "cli/options.h"
#include "engine/chat_session.h"

namespace galago::cli {
namespace {

struct ChatOptions {
  ModelOptions model;
  PromptOptions prompt;
  SamplingOptions sampling;
};

constexpr std::string_view kHelp =
    "/image FILE  add a picture to the next question\n"
    "/new         begin a new conversation\n"
    "/stats       show the last answer's figures\n"
    "/help        this list\n"
    "/quit        leave (also Ctrl+D); Ctrl+C stops an answer\n";

class Chat {
 public:
  Chat(const ChatOptions& options, std::shared_ptr<const Engine> engine,
       std::unique_ptr<ChatSession> session)
      : options_(options),
        engine_(std::move(engine)),
        session_(std::move(session)),
        conversation_(options.prompt.conversation()),
        is_terminal_(::isatty(STDIN_FILENO) == 1) {}

  Status add_pictures() {
    GALAGO_TRY(pictures_, options_.prompt.load_pictures());
    return {};
  }

  Status loop(Interrupt& interrupt) {
    std::string line;
    while (read(line, interrupt)) {
      if (line.empty()) continue;
      if (is_farewell(line)) break;
      if (line.front() == '/') {
        command(line);
      } else if (Status status = ask(line, interrupt); !status) {
        // The conversation goes on after a refused question.
        if (status.error().code == Errc::kDevice || status.error().code == Errc::kInternal)
          return status;
        std::fprintf(stderr, "%s\n", status.error().message().c_str());
      }
    }
    return {};
  }

 private:
  static bool is_farewell(const std::string& line) { return line == "/quit" || line == "/exit"; }

  void prompt() const {
    if (!is_terminal_) return;
    std::printf("> ");
    std::fflush(stdout);
  }

  /// The next line. While it is written, the pictures are encoded and the prompt is computed as far
  /// as it is known.
  bool read(std::string& line, Interrupt& interrupt) {
    interrupt.reset();
    prompt();
    Conversation next = conversation_;
    next.turns.push_back({{}, pictures_, {}});
    std::stop_source enough;
    std::jthread ahead([&, next = std::move(next)] { prepare(next, enough.get_token()); });
    const bool is_there = static_cast<bool>(std::getline(std::cin, line));
    // Whatever is asked needs what is being computed; to leave needs nothing.
    if (!is_there || is_farewell(line)) enough.request_stop();
    ahead.join();
    return is_there;
  }

  /// On a thread of its own, while nothing else uses the session.
  void prepare(const Conversation& next, std::stop_token stop) {
    // Commands may come between the pictures and the question: their times add up until it is
    // asked.
    const auto sink = [&](const GenerationEvent& event) {
      if (const auto* finished = std::get_if<Finished>(&event))
        ahead_encode_ms_ += finished->stats.image_encode_ms;
    };
    // What cannot be prepared is told when it is asked for.
    static_cast<void>(session_->prepare(next, options_.sampling.params(), std::move(stop), sink));
  }

  void command(const std::string& line) {
    if (line.rfind("/image ", 0) == 0) {
      auto picture = options_.prompt.load_picture(line.substr(7));
      if (!picture) {
        std::fprintf(stderr, "%s\n", picture.error().message().c_str());
        return;
      }
      pictures_.push_back(*picture);
      std::fprintf(stderr, "added: %d × %d\n", (*picture)->image().width,
                   (*picture)->image().height);
    } else if (line == "/new") {
      conversation_.turns.clear();
      pictures_.clear();
      ahead_encode_ms_ = 0;
    } else if (line == "/stats") {
      print_stats();
    } else {
      std::fputs(kHelp.data(), stderr);
    }
  }

  Status ask(const std::string& question, Interrupt& interrupt) {
    interrupt.reset();
    answered_encode_ms_ = std::exchange(ahead_encode_ms_, 0);
    conversation_.turns.push_back({question, pictures_, {}});
    auto sink = [&](const GenerationEvent& event) {
      if (const auto* delta = std::get_if<TextDelta>(&event)) {
        conversation_.turns.back().answer += delta->text;
        std::fwrite(delta->text.data(), 1, delta->text.size(), stdout);
        std::fflush(stdout);
      } else if (const auto* dropped = std::get_if<TurnsDropped>(&event)) {
        std::fprintf(stderr, "[the chat is full: oldest turns left out: %d]\n", dropped->turns);
      } else if (const auto* change = std::get_if<DeviceChanged>(&event)) {
        if (!conversation_.turns.back().answer.empty()) std::puts("");
        conversation_.turns.back().answer.clear();
        std::fprintf(stderr, "\n[%s; the processor answers from the beginning]\n",
                     change->reason.c_str());
      } else if (const auto* finished = std::get_if<Finished>(&event)) {
        last_ = *finished;
      }
    };
    // The turn to be answered must have no answer while the prompt is made.
    Status status = session_->generate(Conversation(conversation_), options_.sampling.params(),
                                       interrupt.token(), sink);
    if (!status) {
      conversation_.turns.pop_back();
      return status;
    }
    pictures_.clear();
    std::printf(last_.reason == StopReason::kCancelled ? " [stopped]\n" : "\n");
    print_fullness();
    keep_rate(*session_->engine(), last_.stats.decode_tokens, last_.stats.decode_ms);
    return {};
  }

  /// Says that the context is full, or will soon be: an answer gets a quarter of it, if it needs so
  /// much, and old turns leave for that.
  void print_fullness() const {
    const GenerationStats& s = last_.stats;
    if (last_.reason == StopReason::kContextFull) {
      std::fprintf(stderr, "[the context is full: the answer ends here]\n");
    } else if (s.context_used > s.context_size - s.context_size / 4) {
      std::fprintf(stderr,
                   "[%d of %d tokens used: the next question may push out the oldest turns]\n",
                   s.context_used, s.context_size);
    }
  }

  void print_stats() const {
    const GenerationStats& s = last_.stats;
    std::fprintf(stderr,
                 "picture %.0f ms · prompt %d tokens (%d reused) %.1f tokens/s · first token %.0f "
                 "ms · answer %d tokens %.1f tokens/s · context %d of %d\n",
                 answered_encode_ms_ + s.image_encode_ms, s.prompt_tokens, s.reused_tokens,
                 s.prefill_tps(), s.ttft_ms, s.answer_tokens, s.decode_tps(), s.context_used,
                 s.context_size);
    if (s.guessed_tokens > 0)
      std::fprintf(stderr, "%d of %d tokens guessed ahead were right\n", s.guessed_right,
                   s.guessed_tokens);
  }

  const ChatOptions& options_;
  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<ChatSession> session_;
  Conversation conversation_;
  std::vector<PicturePtr> pictures_;
  Finished last_{};
  double ahead_encode_ms_ = 0;     // of pictures, since the last question
  double answered_encode_ms_ = 0;  // the same, before the last question
  bool is_terminal_;
};

Status chat(const ChatOptions& options) {
  Interrupt interrupt;
  GALAGO_TRY(const PlacedEngine placed, options.model.load(interrupt.token()));
  const auto& engine = placed.engine;
  GALAGO_TRY(auto session, ChatSession::create(engine));
  Chat chat(options, engine, std::move(session));
  GALAGO_TRY(chat.add_pictures());
  std::fprintf(stderr, "%s on %s. /help lists the commands.\n", engine->info().name.c_str(),
               engine->device_info().name.c_str());
  return chat.loop(interrupt);
}

}  // namespace

void add_chat_command(CLI::App& app, Status& result) {
  auto options = std::make_shared<ChatOptions>();
  CLI::App* command = app.add_subcommand("chat", "Converse in the terminal");
  options->model.add_to(*command);
  command->add_option("--image", options->prompt.images, "A picture for the first question")
      ->allow_extra_args(false);
  options->prompt.add_template_to(*command);
  options->sampling.add_to(*command);
  command->callback([options, &result] { result = chat(*options); });
}

}  // namespace galago::cli
