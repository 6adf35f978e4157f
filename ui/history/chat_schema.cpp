// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See chat_schema.h.
#include "history/chat_schema.h"

#include <QStringList>
#include <array>

#include "history/sql.h"

namespace galago::ui {
namespace {

/// The statements that lead from version N to N + 1, N being the index. Never changed once a
/// program that has them was given to anyone: what follows is a step of its own.
const std::array kSteps{
    QStringList{
        // "leaf" is the last message of the branch on show; "folded" what a search compares with.
        QStringLiteral("CREATE TABLE chats (id INTEGER PRIMARY KEY, title TEXT NOT NULL DEFAULT '',"
                       " folded TEXT NOT NULL DEFAULT '', pinned INTEGER NOT NULL DEFAULT 0,"
                       " changed_ms INTEGER NOT NULL, deleted_ms INTEGER,"
                       " leaf INTEGER NOT NULL DEFAULT 0)"),
        QStringLiteral("CREATE TABLE messages (id INTEGER PRIMARY KEY,"
                       " chat INTEGER NOT NULL REFERENCES chats(id) ON DELETE CASCADE,"
                       " parent INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,"
                       " folded TEXT NOT NULL, state TEXT NOT NULL, stats TEXT NOT NULL,"
                       " dropped_turns INTEGER NOT NULL, model TEXT NOT NULL, error TEXT)"),
        QStringLiteral("CREATE INDEX messages_of_chat ON messages(chat)"),
        QStringLiteral("CREATE TABLE message_pictures ("
                       " message INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE,"
                       " position INTEGER NOT NULL, picture TEXT NOT NULL,"
                       " PRIMARY KEY (message, position)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX pictures_in_use ON message_pictures(picture)"),
    },
    QStringList{
        QStringLiteral("ALTER TABLE chats ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'"),
    },
};

Result<int> versionOf(const QSqlDatabase& database) {
  GALAGO_TRY(execute(database, QStringLiteral("CREATE TABLE IF NOT EXISTS schema_version"
                                              " (version INTEGER NOT NULL)")));
  GALAGO_TRY(QSqlQuery row, select(database, QStringLiteral("SELECT version FROM schema_version")));
  return row.next() ? row.value(0).toInt() : 0;
}

}  // namespace

int chatSchemaVersion() { return static_cast<int>(kSteps.size()); }

Status migrateChats(const QSqlDatabase& database) {
  GALAGO_TRY(Transaction transaction, Transaction::begin(database));
  GALAGO_TRY(int version, versionOf(database));
  if (version > chatSchemaVersion())
    return Error{Errc::kUnsupported,
                 "These chats were written by a newer version of Galago.",
                 {database.databaseName().toStdString()}};
  for (; version < chatSchemaVersion(); ++version) {
    for (const QString& statement : kSteps[static_cast<std::size_t>(version)])
      GALAGO_TRY(execute(database, statement));
  }
  GALAGO_TRY(execute(database, QStringLiteral("DELETE FROM schema_version")));
  GALAGO_TRY(execute(database, QStringLiteral("INSERT INTO schema_version VALUES (?)"), {version}));
  return transaction.commit();
}

}  // namespace galago::ui
