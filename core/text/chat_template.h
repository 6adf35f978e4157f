// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Prompt formats by name, as in MobileVLM's mobilevlm/conversation.py.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

/// Stands for a picture in a prompt's text.
inline constexpr std::string_view kPictureMarker = "<image>";

/// One question with its answer; the answer of the turn to be answered is empty.
struct TextTurn {
  std::string question;
  int pictures = 0;  ///< pictures that belong to this question; their markers precede it
  std::string answer;
  bool is_open = false;  ///< the answer goes on: nothing ends it
};

/// A stretch of a prompt: text, or the place of the next picture.
struct PromptSegment {
  std::string text;
  bool is_picture = false;
};

class ChatTemplate {
 public:
  /// "vicuna_v1" (also "v1"), "plain", "alpaca", "llama_2". Errors: kInvalidArgument, naming the
  /// known ones.
  static Result<ChatTemplate> find(std::string_view name);
  static std::span<const std::string_view> names();

  std::string_view name() const;
  /// The system text used when a chat sets none.
  std::string_view default_system() const;
  /// Ends an answer, besides the end-of-sequence token: "</s>".
  std::string_view stop_text() const;

  /// The whole prompt up to where the answer begins. `system` as given (empty: none).
  std::vector<PromptSegment> render(std::string_view system, std::span<const TextTurn> turns) const;

 private:
  explicit ChatTemplate(int index) : index_(index) {}

  int index_;
};

/// Splits a raw prompt at each kPictureMarker.
std::vector<PromptSegment> split_at_pictures(std::string_view prompt);

}  // namespace galago
