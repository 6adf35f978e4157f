// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/chat_template.h"

#include <array>
#include <cstddef>

namespace galago {
namespace {

/// How a conversation becomes text, after conversation.py's SeparatorStyle.
enum class Style {
  kRoles,   ///< TWO: a role and a colon before each message
  kPlain,   ///< PLAIN: the messages alone
  kLlama2,  ///< LLAMA_2: [INST] around questions, <<SYS>> in the first
};

struct TemplateData {
  std::string_view name;
  Style style;
  std::string_view system;
  std::string_view user;  ///< before a question, with its colon
  std::string_view assistant;
  std::string_view user_gap;  ///< between `user` and the question, absent when that is empty
  std::string_view assistant_gap;
  std::string_view question_end;  ///< also ends the system text
  std::string_view answer_end;
};

constexpr std::array<TemplateData, 4> kTemplates{{
    {"vicuna_v1", Style::kRoles,
     "A chat between a curious user and an artificial intelligence assistant. The assistant gives "
     "helpful, detailed, and polite answers to the user's questions.",
     "USER:", "ASSISTANT:", " ", " ", " ", "</s>"},
    // The original has no end for answers here, as it only ever completes one message.
    {"plain", Style::kPlain, "", "", "", "", "", "\n", "\n"},
    // Not in the original: Stanford Alpaca's format, turns joined as in vicuna_v1.
    {"alpaca", Style::kRoles,
     "Below is an instruction that describes a task. Write a response that appropriately completes "
     "the request.",
     "### Instruction:", "### Response:", "\n", "", "\n\n", "</s>"},
    {"llama_2", Style::kLlama2,
     "You are a helpful, respectful and honest assistant. Always answer as helpfully as possible, "
     "while being safe.  Your answers should not include any harmful, unethical, racist, sexist, "
     "toxic, dangerous, or illegal content. Please ensure that your responses are socially "
     "unbiased and positive in nature.\n\nIf a question does not make any sense, or is not "
     "factually coherent, explain why instead of answering something not correct. If you don't "
     "know the answer to a question, please don't share false information.",
     "[INST] ", "", "", "", " [/INST]", "</s>"},
}};

constexpr std::array<std::string_view, kTemplates.size()> kNames = [] {
  std::array<std::string_view, kTemplates.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kTemplates[i].name;
  return names;
}();

/// Joins text; a picture is a segment of its own.
class SegmentWriter {
 public:
  void write(std::string_view text) {
    if (text.empty()) return;
    if (segments_.empty() || segments_.back().is_picture) segments_.push_back({});
    segments_.back().text += text;
  }

  void write_picture() { segments_.push_back({{}, true}); }

  /// A question: its pictures, each on a line, and its text.
  void write_question(const TextTurn& turn) {
    for (int i = 0; i < turn.pictures; ++i) {
      write_picture();
      write("\n");
    }
    write(turn.question);
  }

  std::vector<PromptSegment> take() { return std::move(segments_); }

 private:
  std::vector<PromptSegment> segments_;
};

bool has_question(const TextTurn& turn) { return turn.pictures > 0 || !turn.question.empty(); }

void render_roles(const TemplateData& data, std::string_view system,
                  std::span<const TextTurn> turns, SegmentWriter& out) {
  out.write(system);
  // As in the original, which does so even when the system text is empty.
  out.write(data.style == Style::kRoles ? data.question_end : "");
  for (const TextTurn& turn : turns) {
    out.write(data.user);
    if (has_question(turn)) {
      out.write(data.user_gap);
      out.write_question(turn);
      out.write(data.question_end);
    }
    out.write(data.assistant);
    if (!turn.answer.empty()) {
      out.write(data.assistant_gap);
      out.write(turn.answer);
      if (!turn.is_open) out.write(data.answer_end);
    }
  }
}

void render_llama_2(const TemplateData& data, std::string_view system,
                    std::span<const TextTurn> turns, SegmentWriter& out) {
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const bool is_first = i == 0;
    if (is_first || has_question(turns[i])) {
      if (!is_first) out.write("<s>");  // the first one is the prompt's own BOS
      out.write(data.user);
      if (is_first && !system.empty()) {
        out.write("<<SYS>>\n");
        out.write(system);
        out.write("\n<</SYS>>\n\n");
      }
      out.write_question(turns[i]);
      out.write(data.question_end);
    }
    if (!turns[i].answer.empty()) {
      out.write(" ");
      out.write(turns[i].answer);
      if (turns[i].is_open) continue;
      out.write(" ");
      out.write(data.answer_end);
    }
  }
}

}  // namespace

Result<ChatTemplate> ChatTemplate::find(std::string_view name) {
  const std::string_view wanted = name == "v1" ? "vicuna_v1" : name;
  std::string known;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == wanted) return ChatTemplate(static_cast<int>(i));
    known += (i == 0 ? "" : ", ") + std::string(kNames[i]);
  }
  return Error{Errc::kInvalidArgument,
               "there is no prompt template '" + std::string(name) + "': known are " + known,
               {}};
}

std::span<const std::string_view> ChatTemplate::names() { return kNames; }

std::string_view ChatTemplate::name() const {
  return kTemplates[static_cast<std::size_t>(index_)].name;
}

std::string_view ChatTemplate::default_system() const {
  return kTemplates[static_cast<std::size_t>(index_)].system;
}

std::string_view ChatTemplate::stop_text() const { return "</s>"; }

std::vector<PromptSegment> ChatTemplate::render(std::string_view system,
                                                std::span<const TextTurn> turns) const {
  const TemplateData& data = kTemplates[static_cast<std::size_t>(index_)];
  SegmentWriter out;
  if (data.style == Style::kLlama2)
    render_llama_2(data, system, turns, out);
  else
    render_roles(data, system, turns, out);
  return out.take();
}

std::vector<PromptSegment> split_at_pictures(std::string_view prompt) {
  SegmentWriter out;
  for (;;) {
    const std::size_t marker = prompt.find(kPictureMarker);
    out.write(prompt.substr(0, marker));
    if (marker == std::string_view::npos) return out.take();
    out.write_picture();
    prompt.remove_prefix(marker + kPictureMarker.size());
  }
}

}  // namespace galago
