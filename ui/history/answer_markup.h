// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Makes a model's answer safe to show as Markdown.
#pragma once

#include <QString>
#include <vector>

namespace galago::ui {

/// The answer with its own line breaks kept, and without what could reach out of the window: HTML
/// and embedded pictures (which would be fetched) appear as the characters they are made of. Code
/// spans and fenced code blocks are left alone.
QString answerMarkup(const QString& answer);

/// A part of an answer: a fenced block of code, or what is between them.
struct AnswerBlock {
  bool isCode = false;
  QString text;      ///< of code as it is, of words as answerMarkup
  QString language;  ///< of code, as the answer names it

  bool operator==(const AnswerBlock&) const = default;
};

/// All parts in turn; code that is not ended yet is code.
std::vector<AnswerBlock> answerBlocks(const QString& answer);

}  // namespace galago::ui
