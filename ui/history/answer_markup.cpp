// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See answer_markup.h.
#include "history/answer_markup.h"

#include <QStringList>

namespace galago::ui {
namespace {

/// The number of backticks that begin at `from`.
qsizetype tickRun(QStringView line, qsizetype from) {
  qsizetype end = from;
  while (end < line.size() && line[end] == QLatin1Char('`')) ++end;
  return end - from;
}

/// Where a code span opened by `ticks` backticks ends on this line; -1 if it stays open, in which
/// case the backticks are plain characters.
qsizetype spanEnd(QStringView line, qsizetype from, qsizetype ticks) {
  for (qsizetype at = from; at < line.size();) {
    const qsizetype run = tickRun(line, at);
    if (run == ticks) return at + run;
    at += run > 0 ? run : 1;
  }
  return -1;
}

QString escapedLine(QStringView line) {
  QString out;
  out.reserve(line.size() + 8);
  for (qsizetype at = 0; at < line.size();) {
    const QChar c = line[at];
    if (const qsizetype run = tickRun(line, at); run > 0) {
      const qsizetype end = spanEnd(line, at + run, run);
      // An unclosed run could still pair with one on a later line, across what is escaped here.
      if (end < 0) {
        for (qsizetype i = 0; i < run; ++i) out += QLatin1String("\\`");
        at += run;
      } else {
        out += line.mid(at, end - at);
        at = end;
      }
      continue;
    }
    if (c == QLatin1Char('\\') && at + 1 < line.size()) {
      // Keeps an escape the model wrote; "\\<" must not turn into an escaped backslash and a tag.
      out += line.mid(at, 2);
      at += 2;
      continue;
    }
    if (c == QLatin1Char('<')) out += QLatin1Char('\\');
    out += c;
    if (c == QLatin1Char('!') && at + 1 < line.size() && line[at + 1] == QLatin1Char('[')) {
      out += QLatin1Char('\\');
    }
    ++at;
  }
  return out;
}

/// The fence that a line opens or closes: its character and length; length 0 if it is none. Only
/// fences at the margin count: an indented one may belong to a list, and would end with it.
struct Fence {
  QChar mark;
  qsizetype length = 0;
  QString info;  // behind it: the language
};

Fence fenceOf(QStringView line) {
  Fence fence;
  if (line.isEmpty() || (line[0] != QLatin1Char('`') && line[0] != QLatin1Char('~'))) return fence;
  fence.mark = line[0];
  qsizetype length = 0;
  while (length < line.size() && line[length] == fence.mark) ++length;
  const QStringView info = line.mid(length).trimmed();
  fence.info = info.toString();
  // "```a`b" is a code span, not a fence.
  if (length >= 3 && !(fence.mark == QLatin1Char('`') && info.contains(fence.mark))) {
    fence.length = length;
  }
  return fence;
}

bool closes(const Fence& line, const Fence& open) {
  return line.mark == open.mark && line.length >= open.length && line.info.isEmpty();
}

}  // namespace

QString answerMarkup(const QString& answer) {
  QStringList lines;
  Fence open;
  for (const QString& line : answer.split(QLatin1Char('\n'))) {
    const Fence fence = fenceOf(line);
    if (open.length > 0) {
      lines += line;
      if (closes(fence, open)) open = {};
    } else if (fence.length > 0) {
      lines += line;
      open = fence;
    } else {
      // Two blanks at a line's end are Markdown's line break; without them lines run together.
      const QString escaped = escapedLine(line);
      lines += escaped.trimmed().isEmpty() ? QString() : escaped + QLatin1String("  ");
    }
  }
  return lines.join(QLatin1Char('\n'));
}

std::vector<AnswerBlock> answerBlocks(const QString& answer) {
  std::vector<AnswerBlock> blocks;
  QStringList lines;
  const auto end = [&](bool isCode, const QString& language) {
    const QString text = lines.join(QLatin1Char('\n'));
    lines.clear();
    if (isCode) {
      blocks.push_back({true, text, language});
    } else if (!text.trimmed().isEmpty()) {
      blocks.push_back({false, answerMarkup(text), {}});
    }
  };
  Fence open;
  for (const QString& line : answer.split(QLatin1Char('\n'))) {
    const Fence fence = fenceOf(line);
    if (open.length > 0 && closes(fence, open)) {
      end(true, open.info);
      open = {};
    } else if (open.length == 0 && fence.length > 0) {
      end(false, {});
      open = fence;
    } else {
      lines += line;
    }
  }
  end(open.length > 0, open.info);
  return blocks;
}

}  // namespace galago::ui
