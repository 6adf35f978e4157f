// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Writing a chat to a file for other programs, and what became of it. UI thread; pictures and
// files are read and written on another.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QThreadPool>
#include <QUrl>
#include <optional>

#include "history/chat_export.h"
#include "history_view_model.h"

namespace galago::ui {

class ChatExportViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  Q_PROPERTY(bool writing READ isWriting NOTIFY changed)
  /// The last one is whole.
  Q_PROPERTY(bool done READ isDone NOTIFY changed)
  /// The file being written, or written last.
  Q_PROPERTY(QString fileName READ fileName NOTIFY changed)
  Q_PROPERTY(QUrl folderUrl READ folderUrl NOTIFY changed)
  Q_PROPERTY(QString errorTitle READ errorTitle NOTIFY changed)
  Q_PROPERTY(QString errorHint READ errorHint NOTIFY changed)
  Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY changed)

 public:
  /// ExportFormat, for QML.
  enum Format {
    Markdown = int(ExportFormat::kMarkdown),
    Json = int(ExportFormat::kJson),
    Html = int(ExportFormat::kHtml),
  };
  Q_ENUM(Format)

  /// `history` must outlive it.
  explicit ChatExportViewModel(HistoryViewModel& history, QObject* parent = nullptr);
  /// Waits for a file that is being written.
  ~ChatExportViewModel() override;

  ChatExportViewModel(const ChatExportViewModel&) = delete;
  ChatExportViewModel& operator=(const ChatExportViewModel&) = delete;

  bool isWriting() const { return m_isWriting; }

  bool isDone() const { return m_isDone; }

  QString fileName() const;
  QUrl folderUrl() const;
  QString errorTitle() const;
  QString errorHint() const;
  QString errorDetail() const;

  Q_INVOKABLE static QString suffixOf(Format format);
  /// A kept chat, or the one on show. The file's name gets the ending of the format if it has
  /// none of any.
  Q_INVOKABLE void exportChat(const QString& chat, const QString& title, Format format,
                              const QUrl& file);
  /// The news of the last one.
  Q_INVOKABLE void dismiss();

  void retranslate();

 signals:
  void changed();

 private:
  void write(const ChatContent& chat, const QString& title, ExportFormat format);
  void finish(const Status& status);

  HistoryViewModel& m_history;
  bool m_isWriting = false;
  bool m_isDone = false;
  QString m_file;
  std::optional<Error> m_error;
  QThreadPool m_pool;
};

}  // namespace galago::ui
