// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The chats that are kept, as the list beside the chat shows them. Identities are text: QML's
// numbers are too short for them.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <vector>

#include "history/chat_message.h"

namespace galago::ui {

class ChatListModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by HistoryViewModel")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Role {
    IdRole = Qt::UserRole + 1,
    TitleRole,
    PinnedRole,
    ChangedRole,  ///< QDateTime
    ExcerptRole,  ///< what was found in it
    SectionRole,  ///< "pinned", "today", "yesterday", "earlier"
  };

  explicit ChatListModel(QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  int count() const { return static_cast<int>(m_chats.size()); }

  /// -1: it is not in the list.
  int rowOf(const QString& chat) const;

  /// Rows that stay are moved, so that what is done with them goes on; those that come to another
  /// section are new, because views look at the section of a new row only.
  void setChats(std::vector<ChatSummary> chats);

 signals:
  void countChanged();

 private:
  std::vector<ChatSummary> m_chats;
};

}  // namespace galago::ui
