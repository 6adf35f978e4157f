// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Makes a model's answer safe to show as Markdown.
#pragma once

#include <QString>

namespace galago::ui {

/// The answer with its own line breaks kept, and without what could reach out of the window: HTML
/// and embedded pictures (which would be fetched) appear as the characters they are made of. Code
/// spans and fenced code blocks are left alone.
QString answerMarkup(const QString& answer);

}  // namespace galago::ui
