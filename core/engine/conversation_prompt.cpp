// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "engine/conversation_prompt.h"

#include <algorithm>
#include <span>

#include "text/chat_template.h"
#include "text/prompt_encoder.h"

namespace galago {
namespace {

Result<ChatTemplate> find_template(const Model& model, const Conversation& conversation) {
  return ChatTemplate::find(conversation.template_name.empty() ? model.info.default_template
                                                               : conversation.template_name);
}

/// Pictures, text and template made rows.
Result<ExpandedPrompt> build(const Model& model, std::span<const PromptSegment> segments,
                             std::span<const PicturePtr> pictures) {
  if (!pictures.empty() && !model.vision)
    return Error{Errc::kInvalidArgument,
                 "this model reads text only: it was loaded without a vision file (mmproj)",
                 {}};
  GALAGO_TRY(const std::vector<TokenId> ids, encode_prompt(*model.tokenizer, segments));
  return expand_prompt(ids, pictures, model.info.tokens_per_picture, model.tokenizer->unknown_id());
}

/// The conversation without its first `dropped` turns, whose pictures stay.
Result<ExpandedPrompt> build_without(const Model& model, const Conversation& conversation,
                                     std::size_t dropped) {
  GALAGO_TRY(const ChatTemplate chat_template, find_template(model, conversation));
  std::vector<TextTurn> turns;
  std::vector<PicturePtr> pictures;
  int carried = 0;
  for (std::size_t i = 0; i < conversation.turns.size(); ++i) {
    const Turn& turn = conversation.turns[i];
    pictures.insert(pictures.end(), turn.pictures.begin(), turn.pictures.end());
    carried += static_cast<int>(turn.pictures.size());
    if (i < dropped) continue;
    const bool is_last = i + 1 == conversation.turns.size();
    turns.push_back({turn.question, carried, turn.answer, is_last});
    carried = 0;
  }
  const std::string_view system = conversation.has_system ? std::string_view(conversation.system)
                                                          : chat_template.default_system();
  return build(model, chat_template.render(system, turns), pictures);
}

Error too_long(const ExpandedPrompt& prompt, int context) {
  return Error{Errc::kContextFull,
               "the question and its pictures take " + std::to_string(prompt.length()) +
                   " tokens, but the context holds " + std::to_string(context) +
                   ": shorten the question, use fewer pictures or a longer context",
               {}};
}

}  // namespace

Result<ExpandedPrompt> whole_conversation(const Model& model, const Conversation& conversation) {
  if (conversation.turns.empty())
    return Error{Errc::kInvalidArgument, "there is no question to answer", {}};
  return build_without(model, conversation, 0);
}

Result<ExpandedPrompt> last_turn(const Model& model, const Conversation& conversation) {
  if (conversation.turns.empty())
    return Error{Errc::kInvalidArgument, "there is no question to answer", {}};
  return build_without(model, conversation, conversation.turns.size() - 1);
}

Result<ConversationPrompt> fit_conversation(const Model& model, const Conversation& conversation,
                                            int max_tokens) {
  const int context = model.info.context_size;
  const int room = std::clamp(max_tokens, 1, std::max(1, context / 4));
  GALAGO_TRY(const ChatTemplate chat_template, find_template(model, conversation));
  ConversationPrompt fitted;
  fitted.text.stop_text = std::string(chat_template.stop_text());
  GALAGO_TRY(fitted.prompt, whole_conversation(model, conversation));
  fitted.text.continues = !conversation.turns.back().answer.empty();
  const std::size_t turns = conversation.turns.size();
  for (std::size_t dropped = 1; dropped < turns && fitted.prompt.length() + room > context;
       ++dropped) {
    GALAGO_TRY(fitted.prompt, build_without(model, conversation, dropped));
    fitted.turns_dropped = static_cast<int>(dropped);
  }
  if (fitted.prompt.length() >= context) return too_long(fitted.prompt, context);
  return fitted;
}

Result<ExpandedPrompt> settled_prefix(const Model& model, const Conversation& conversation,
                                      int max_tokens) {
  if (conversation.turns.empty())
    return Error{Errc::kInvalidArgument, "there is no question to answer", {}};
  // Two continuations that share no token: what their prompts have in common is settled.
  const auto prompt_with = [&](const char* more) {
    Conversation continued = conversation;
    continued.turns.back().question += more;
    return fit_conversation(model, continued, max_tokens);
  };
  GALAGO_TRY(ConversationPrompt fitted, prompt_with("a"));
  GALAGO_TRY(const ConversationPrompt other, prompt_with("1"));
  ExpandedPrompt prefix = std::move(fitted.prompt);
  const auto differs = std::mismatch(prefix.keys.begin(), prefix.keys.end(),
                                     other.prompt.keys.begin(), other.prompt.keys.end());
  prefix.cut(static_cast<std::size_t>(differs.first - prefix.keys.begin()));
  return prefix;
}

Result<ExpandedPrompt> raw_prompt(const Model& model, std::string_view text,
                                  const std::vector<PicturePtr>& pictures) {
  GALAGO_TRY(ExpandedPrompt prompt, build(model, split_at_pictures(text), pictures));
  if (prompt.length() >= model.info.context_size) return too_long(prompt, model.info.context_size);
  return prompt;
}

}  // namespace galago
