// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_export_view_model.h.
#include "chat_export_view_model.h"

#include <QFileInfo>
#include <utility>

#include "base/atomic_file.h"
#include "error_text.h"
#include "work_on_files.h"

namespace galago::ui {

ChatExportViewModel::ChatExportViewModel(HistoryViewModel& history, QObject* parent)
    : QObject(parent), m_history(history) {
  m_pool.setMaxThreadCount(1);
}

ChatExportViewModel::~ChatExportViewModel() { m_pool.waitForDone(); }

QString ChatExportViewModel::fileName() const { return QFileInfo(m_file).fileName(); }

QUrl ChatExportViewModel::folderUrl() const {
  return QUrl::fromLocalFile(QFileInfo(m_file).absolutePath());
}

QString ChatExportViewModel::errorTitle() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kExport).title : QString();
}

QString ChatExportViewModel::errorHint() const {
  return m_error ? errorText(m_error->code, ErrorPlace::kExport).hint : QString();
}

QString ChatExportViewModel::errorDetail() const {
  return m_error ? ui::errorDetail(*m_error) : QString();
}

QString ChatExportViewModel::suffixOf(Format format) {
  switch (format) {
    case Json:
      return QStringLiteral("json");
    case Html:
      return QStringLiteral("html");
    case Markdown:
      break;
  }
  return QStringLiteral("md");
}

void ChatExportViewModel::exportChat(const QString& chat, const QString& title, Format format,
                                     const QUrl& file) {
  if (m_isWriting || !file.isLocalFile()) return;
  m_file = file.toLocalFile();
  // An ending that was typed says what is wanted.
  const std::optional<ExportFormat> typed = exportFormatOf(m_file);
  if (!typed) m_file += QLatin1Char('.') + suffixOf(format);
  m_error.reset();
  m_isDone = false;
  m_isWriting = true;
  emit changed();
  m_history.read(
      chat, this,
      [this, title, wanted = typed.value_or(ExportFormat(format))](const ChatContent& content) {
        write(content, title, wanted);
      },
      [this](const Error& error) { finish(error); });
}

void ChatExportViewModel::write(const ChatContent& chat, const QString& title,
                                ExportFormat format) {
  m_pool.start([this, chat, title, format, file = m_file.toStdString()] {
    const Status status = guarded(
        [&] { return write_text_file(file, exportedChat(chat, title, format).toStdString()); });
    onThreadOf(this, [this, status] { finish(status); });
  });
}

void ChatExportViewModel::finish(const Status& status) {
  m_isWriting = false;
  m_isDone = status.has_value();
  if (!status) m_error = status.error();
  emit changed();
}

void ChatExportViewModel::dismiss() {
  m_isDone = false;
  m_error.reset();
  emit changed();
}

void ChatExportViewModel::retranslate() { emit changed(); }

}  // namespace galago::ui
