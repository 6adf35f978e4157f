// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A chat as a file for other programs: Markdown, JSON or a page of HTML, each a single file with
// the pictures in it.
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

#include "history/chat_message.h"

namespace galago::ui {

enum class ExportFormat {
  kMarkdown,  ///< the branch on show
  kJson,      ///< all branches, with all figures
  kHtml,      ///< the branch on show; fetches nothing and runs nothing when it is opened
};

/// By the ending of its name; nothing for another.
std::optional<ExportFormat> exportFormatOf(const QString& file);

/// Reads the pictures: not for the UI thread. `title` is what the chat is called in its list.
QByteArray exportedChat(const ChatContent& chat, const QString& title, ExportFormat format);

}  // namespace galago::ui
