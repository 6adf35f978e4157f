// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The chats that are kept: their list and search, opening, naming, pinning and deleting them, and
// what goes wrong with keeping them, which the chat itself goes on without. UI thread; files are
// the store's worker's.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <functional>
#include <optional>
#include <vector>

#include "chat_list_model.h"
#include "chat_recorder.h"
#include "chat_view_model.h"
#include "history/history_worker.h"
#include "settings_store.h"

namespace galago::ui {

class HistoryViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the application")
  /// Whether this program has a place for chats.
  Q_PROPERTY(bool offered READ isOffered CONSTANT)
  Q_PROPERTY(galago::ui::ChatListModel* chats READ chats CONSTANT)
  /// The chat on show; empty: a new one.
  Q_PROPERTY(QString current READ current NOTIFY currentChanged)
  /// The last chat is being read, at the start.
  Q_PROPERTY(bool restoring READ isRestoring NOTIFY restoringChanged)
  /// Words that the list is reduced to.
  Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
  /// Of chats that were deleted last and can be had back.
  Q_PROPERTY(int removedCount READ removedCount NOTIFY removedChanged)
  Q_PROPERTY(QString removedTitle READ removedTitle NOTIFY removedChanged)
  /// Chats are not kept, although they should be. Empty titles: all is well.
  Q_PROPERTY(QString errorTitle READ errorTitle NOTIFY errorChanged)
  Q_PROPERTY(QString errorHint READ errorHint NOTIFY errorChanged)
  Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY errorChanged)
  /// The error is that the file of chats is damaged.
  Q_PROPERTY(bool damaged READ isDamaged NOTIFY errorChanged)
  Q_PROPERTY(QUrl folderUrl READ folderUrl CONSTANT)
  /// A damaged file that was put aside when the chats were opened; empty: none was.
  Q_PROPERTY(QString asideName READ asideName NOTIFY asideChanged)

 public:
  /// `folder`: of the chats; empty: none are kept. All others must outlive it.
  HistoryViewModel(const QString& folder, ChatViewModel& chat, SettingsStore& settings,
                   QObject* parent = nullptr);
  ~HistoryViewModel() override;

  HistoryViewModel(const HistoryViewModel&) = delete;
  HistoryViewModel& operator=(const HistoryViewModel&) = delete;

  bool isOffered() const { return m_worker.isKeeping(); }

  ChatListModel* chats() { return &m_chats; }

  QString current() const;

  bool isRestoring() const { return m_isRestoring; }

  QString search() const { return m_search; }

  void setSearch(const QString& words);

  int removedCount() const { return static_cast<int>(m_removed.size()); }

  QString removedTitle() const { return m_removedTitle; }

  QString errorTitle() const;
  QString errorHint() const;
  QString errorDetail() const;

  bool isDamaged() const { return m_error && m_error->code == Errc::kFormat; }

  QUrl folderUrl() const { return QUrl::fromLocalFile(m_folder); }

  QString asideName() const { return m_asideName; }

  /// A kept chat, or the one on show, for `done` or `failed`.
  void read(const QString& chat, QObject* receiver,
            const std::function<void(const ChatContent&)>& done,
            const std::function<void(const Error&)>& failed);
  /// Shows the chat that was on show last.
  void restore();

  Q_INVOKABLE void open(const QString& chat);
  /// An empty name: by its first question.
  Q_INVOKABLE void rename(const QString& chat, const QString& name);
  Q_INVOKABLE void setPinned(const QString& chat, bool pinned);
  Q_INVOKABLE void remove(const QString& chat);
  Q_INVOKABLE void removeAll();
  /// Has back what was deleted last.
  Q_INVOKABLE void undo();
  /// The offer to undo.
  Q_INVOKABLE void dismissRemoved();
  /// After an error: opens the store again and keeps the chat on show.
  Q_INVOKABLE void tryAgain();
  Q_INVOKABLE void dismissAside();

  void retranslate();

 signals:
  void currentChanged();
  void restoringChanged();
  void searchChanged();
  void removedChanged();
  void errorChanged();
  void asideChanged();

 private:
  void refresh();
  void show(ChatContent content);
  void setRemoved(std::vector<ChatId> chats, const QString& title);
  void endRestoring();
  QString titleOf(ChatId chat) const;

  const QString m_folder;
  ChatViewModel& m_chat;
  SettingsStore& m_settings;
  HistoryWorker m_worker;
  ChatRecorder m_recorder;
  ChatListModel m_chats;
  bool m_isRestoring = false;
  QString m_search;
  QTimer m_searchTimer;
  quint64 m_lastList = 0;  // answers to older searches come to nothing
  std::vector<ChatId> m_removed;
  ChatId m_removedCurrent = 0;  // that was on show
  QString m_removedTitle;
  std::optional<Error> m_error;
  QString m_asideName;
};

}  // namespace galago::ui
