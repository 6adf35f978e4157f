// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_list_model.h.
#include "chat_list_model.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

namespace galago::ui {
namespace {

QString sectionOf(const ChatSummary& chat) {
  if (chat.isPinned) return QStringLiteral("pinned");
  const qint64 days =
      QDateTime::fromMSecsSinceEpoch(chat.changedMs).date().daysTo(QDate::currentDate());
  return days <= 0   ? QStringLiteral("today")
         : days == 1 ? QStringLiteral("yesterday")
                     : QStringLiteral("earlier");
}

}  // namespace

ChatListModel::ChatListModel(QObject* parent) : QAbstractListModel(parent) {}

int ChatListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant ChatListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const ChatSummary& chat = m_chats[static_cast<std::size_t>(index.row())];
  switch (role) {
    case IdRole:
      return QString::number(chat.id);
    case Qt::DisplayRole:
    case TitleRole:
      return chat.title;
    case PinnedRole:
      return chat.isPinned;
    case ChangedRole:
      return QDateTime::fromMSecsSinceEpoch(chat.changedMs);
    case ExcerptRole:
      return chat.excerpt;
    case SectionRole:
      return sectionOf(chat);
    default:
      return {};
  }
}

QHash<int, QByteArray> ChatListModel::roleNames() const {
  return {{IdRole, "chatId"},         {TitleRole, "title"},     {PinnedRole, "pinned"},
          {ChangedRole, "changedAt"}, {ExcerptRole, "excerpt"}, {SectionRole, "section"}};
}

int ChatListModel::rowOf(const QString& chat) const {
  const auto found = std::find_if(
      m_chats.begin(), m_chats.end(),
      [id = chat.toLongLong()](const ChatSummary& summary) { return summary.id == id; });
  return found == m_chats.end() ? -1 : static_cast<int>(found - m_chats.begin());
}

void ChatListModel::setChats(std::vector<ChatSummary> chats) {
  const bool isOther = chats.size() != m_chats.size();
  for (std::size_t i = 0; i < chats.size(); ++i) {
    const auto at = m_chats.begin() + static_cast<std::ptrdiff_t>(i);
    auto old = std::find_if(at, m_chats.end(),
                            [&](const ChatSummary& chat) { return chat.id == chats[i].id; });
    const int row = static_cast<int>(i);
    if (old != m_chats.end() && sectionOf(*old) != sectionOf(chats[i])) {
      const int from = static_cast<int>(old - m_chats.begin());
      beginRemoveRows({}, from, from);
      m_chats.erase(old);
      endRemoveRows();
      old = m_chats.end();
    }
    if (old == m_chats.end()) {
      beginInsertRows({}, row, row);
      m_chats.insert(m_chats.begin() + row, std::move(chats[i]));
      endInsertRows();
      continue;
    }
    if (old != at) {
      const int from = static_cast<int>(old - m_chats.begin());
      beginMoveRows({}, from, from, {}, row);
      std::rotate(at, old, old + 1);
      endMoveRows();
    }
    m_chats[i] = std::move(chats[i]);
    emit dataChanged(index(row), index(row));
  }
  if (chats.size() < m_chats.size()) {
    beginRemoveRows({}, static_cast<int>(chats.size()), count() - 1);
    m_chats.resize(chats.size());
    endRemoveRows();
  }
  if (isOther) emit countChanged();
}

}  // namespace galago::ui
