// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_export.h.
#include "history/chat_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTextDocument>

#include "history/answer_markup.h"
#include "history/message_json.h"
#include "history/message_tree.h"

namespace galago::ui {
namespace {

/// Gives the texts their translation context.
class Words {
  Q_DECLARE_TR_FUNCTIONS(ChatExport)

 public:
  static QString asker(const ChatMessage& message) {
    if (message.kind == MessageKind::kQuestion) return tr("You");
    return message.model.isEmpty() ? QStringLiteral("Galago") : message.model;
  }

  static QString picture(int number) { return tr("Picture %1").arg(QLocale().toString(number)); }

  /// How fast an answer was and how it ended, as far as there is something to say.
  static QString figures(const ChatMessage& message) {
    QStringList parts;
    if (message.state == AnswerState::kStopped) parts += tr("stopped");
    if (message.state == AnswerState::kFailed) parts += tr("failed");
    const double rate = message.stats.decode_tps();
    if (rate > 0)
      parts += tr("%n token(s), %1 tokens/s", nullptr, message.stats.answer_tokens)
                   .arg(QLocale().toString(rate, 'f', 1));
    return parts.join(QStringLiteral(", "));
  }
};

struct PictureFile {
  QString type;
  QByteArray bytes;
};

/// As it is kept, else as PNG; empty if it cannot be read.
PictureFile fileOf(const ChatPicture& picture) {
  QFile kept(picture.file());
  if (!picture.file().isEmpty() && kept.open(QIODevice::ReadOnly)) {
    const bool isJpeg = QFileInfo(kept).suffix() == QLatin1String("jpg");
    return {isJpeg ? QStringLiteral("image/jpeg") : QStringLiteral("image/png"), kept.readAll()};
  }
  PictureFile file{QStringLiteral("image/png"), {}};
  if (const PicturePtr pixels = picture.picture()) {
    QBuffer buffer(&file.bytes);
    viewOf(pixels->image()).save(&buffer, "PNG");
  }
  return file;
}

QString dataUrl(const PictureFile& file) {
  return QStringLiteral("data:%1;base64,%2")
      .arg(file.type, QString::fromLatin1(file.bytes.toBase64()));
}

/// The messages of the branch on show, in turn.
MessageTree treeOf(const ChatContent& chat) {
  MessageTree tree;
  tree.load(chat.messages, chat.leaf);
  return tree;
}

QByteArray markdown(const ChatContent& chat, const QString& title) {
  QString text = QStringLiteral("# %1\n").arg(answerMarkup(title).trimmed());
  QString addresses;  // after the text, which stays readable
  const MessageTree tree = treeOf(chat);
  int pictures = 0;
  for (std::size_t row = 0; row < tree.size(); ++row) {
    const ChatMessage& message = tree.at(row);
    text += QStringLiteral("\n## %1\n\n").arg(answerMarkup(Words::asker(message)).trimmed());
    for (const ChatPicturePtr& picture : message.pictures) {
      ++pictures;
      text += QStringLiteral("![%1][picture-%2]\n\n").arg(Words::picture(pictures)).arg(pictures);
      addresses +=
          QStringLiteral("[picture-%1]: %2\n").arg(pictures).arg(dataUrl(fileOf(*picture)));
    }
    text += answerMarkup(message.text) + QLatin1Char('\n');
    if (const QString figures = Words::figures(message); !figures.isEmpty())
      text += QStringLiteral("\n*%1*\n").arg(figures);
  }
  if (!addresses.isEmpty()) text += QLatin1Char('\n') + addresses;
  return text.toUtf8();
}

QByteArray json(const ChatContent& chat, const QString& title) {
  QJsonArray messages;
  QJsonArray pictures;
  QHash<const ChatPicture*, int> places;
  for (const ChatMessage& message : chat.messages) {
    QJsonArray own;
    for (const ChatPicturePtr& picture : message.pictures) {
      if (!places.contains(picture.get())) {
        places.insert(picture.get(), static_cast<int>(pictures.size()));
        const PictureFile file = fileOf(*picture);
        pictures.append(
            QJsonObject{{QStringLiteral("type"), file.type},
                        {QStringLiteral("base64"), QString::fromLatin1(file.bytes.toBase64())}});
      }
      own.append(places.value(picture.get()));
    }
    // Identities as text: many readers of JSON have no numbers of that length.
    QJsonObject entry{{QStringLiteral("id"), QString::number(message.id)},
                      {QStringLiteral("text"), message.text}};
    if (message.parent != 0)
      entry.insert(QStringLiteral("parent"), QString::number(message.parent));
    if (!own.isEmpty()) entry.insert(QStringLiteral("pictures"), own);
    const bool isAnswer = message.kind == MessageKind::kAnswer;
    entry.insert(QStringLiteral("kind"),
                 isAnswer ? QStringLiteral("answer") : QStringLiteral("question"));
    if (isAnswer) {
      entry.insert(QStringLiteral("state"), nameOf(message.state));
      entry.insert(QStringLiteral("model"), message.model);
      entry.insert(QStringLiteral("figures"), toJson(message.stats));
      if (message.error) entry.insert(QStringLiteral("error"), toJson(*message.error));
    }
    messages.append(entry);
  }
  return QJsonDocument(QJsonObject{{QStringLiteral("format"), QStringLiteral("galago-chat")},
                                   {QStringLiteral("version"), 1},
                                   {QStringLiteral("title"), title},
                                   {QStringLiteral("leaf"), QString::number(chat.leaf)},
                                   {QStringLiteral("messages"), messages},
                                   {QStringLiteral("pictures"), pictures}})
      .toJson();
}

/// Markdown as the elements of a page.
QString htmlOf(const QString& markup) {
  QTextDocument document;
  document.setMarkdown(markup, QTextDocument::MarkdownDialectGitHub);
  const QString page = document.toHtml();
  const qsizetype begin = page.indexOf(QLatin1Char('>'), page.indexOf(QLatin1String("<body"))) + 1;
  return page.mid(begin, page.lastIndexOf(QLatin1String("</body>")) - begin);
}

QString htmlOfAnswer(const QString& text) {
  QString html;
  for (const AnswerBlock& block : answerBlocks(text)) {
    html += block.isCode
                ? QStringLiteral("<pre><code>%1</code></pre>").arg(block.text.toHtmlEscaped())
                : htmlOf(block.text);
  }
  return html;
}

// The policy lets a page fetch and run nothing, whatever a model wrote into a link.
constexpr auto kPage = R"(<!DOCTYPE html>
<html lang="%1">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>%2</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 760px; margin: 2rem auto; padding: 0 1rem; }
section { margin: 1.5rem 0; }
.question { border-radius: 12px; padding: .5rem 1rem; background: rgba(128, 128, 128, .15); white-space: pre-wrap; }
h2 { font-size: 1rem; margin: 0 0 .25rem; }
img { display: block; max-width: 100%; max-height: 480px; margin: .5rem 0; }
pre { overflow-x: auto; padding: .75rem; background: rgba(128, 128, 128, .15); }
table { border-collapse: collapse; }
td, th { border: 1px solid; padding: .25rem .5rem; }
footer { font-size: .8rem; opacity: .75; }
</style>
</head>
<body>
<h1>%2</h1>
%3</body>
</html>
)";

QByteArray html(const ChatContent& chat, const QString& title) {
  QString body;
  const MessageTree tree = treeOf(chat);
  int pictures = 0;
  for (std::size_t row = 0; row < tree.size(); ++row) {
    const ChatMessage& message = tree.at(row);
    const bool isQuestion = message.kind == MessageKind::kQuestion;
    body += QStringLiteral("<section><h2>%1</h2>\n").arg(Words::asker(message).toHtmlEscaped());
    for (const ChatPicturePtr& picture : message.pictures)
      body += QStringLiteral("<img alt=\"%1\" src=\"%2\">\n")
                  .arg(Words::picture(++pictures).toHtmlEscaped(), dataUrl(fileOf(*picture)));
    body +=
        isQuestion
            ? QStringLiteral("<div class=\"question\">%1</div>\n").arg(message.text.toHtmlEscaped())
            : htmlOfAnswer(message.text) + QLatin1Char('\n');
    if (const QString figures = Words::figures(message); !figures.isEmpty())
      body += QStringLiteral("<footer>%1</footer>\n").arg(figures.toHtmlEscaped());
    body += QLatin1String("</section>\n");
  }
  return QString::fromLatin1(kPage)
      .arg(QLocale().bcp47Name(), title.toHtmlEscaped(), body)
      .toUtf8();
}

}  // namespace

std::optional<ExportFormat> exportFormatOf(const QString& file) {
  const QString ending = QFileInfo(file).suffix().toLower();
  if (ending == QLatin1String("md")) return ExportFormat::kMarkdown;
  if (ending == QLatin1String("json")) return ExportFormat::kJson;
  if (ending == QLatin1String("html") || ending == QLatin1String("htm")) return ExportFormat::kHtml;
  return {};
}

QByteArray exportedChat(const ChatContent& chat, const QString& title, ExportFormat format) {
  switch (format) {
    case ExportFormat::kMarkdown:
      return markdown(chat, title);
    case ExportFormat::kJson:
      return json(chat, title);
    case ExportFormat::kHtml:
      break;
  }
  return html(chat, title);
}

}  // namespace galago::ui
