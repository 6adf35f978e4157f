// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See sql.h.
#include "history/sql.h"

#include <QSqlError>
#include <utility>

namespace galago::ui {
namespace {

// Result codes of SQLite; the extended ones have them in their low byte.
constexpr int kCorrupt = 11;
constexpr int kNotADatabase = 26;

Error errorOf(const QSqlDatabase& database, const QSqlError& error) {
  const int code = error.nativeErrorCode().toInt() & 0xff;
  const bool isDamaged = code == kCorrupt || code == kNotADatabase;
  return {isDamaged ? Errc::kFormat : Errc::kIo,
          error.databaseText().toStdString(),
          {database.databaseName().toStdString()}};
}

}  // namespace

Result<QSqlQuery> select(const QSqlDatabase& database, const QString& statement,
                         const QVariantList& values) {
  QSqlQuery query(database);
  query.setForwardOnly(true);
  if (!query.prepare(statement)) return errorOf(database, query.lastError());
  for (const QVariant& value : values) query.addBindValue(value);
  if (!query.exec()) return errorOf(database, query.lastError());
  return query;
}

Status execute(const QSqlDatabase& database, const QString& statement, const QVariantList& values) {
  GALAGO_TRY(const QSqlQuery done, select(database, statement, values));
  return {};
}

Result<Transaction> Transaction::begin(const QSqlDatabase& database) {
  GALAGO_TRY(execute(database, QStringLiteral("BEGIN IMMEDIATE")));
  return Transaction(database);
}

Transaction::Transaction(const QSqlDatabase& database) : m_database(database) {}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::move(other.m_database)), m_isOpen(std::exchange(other.m_isOpen, false)) {}

Transaction::~Transaction() {
  // There is nobody to tell, and SQLite takes it back by itself when the next one begins.
  if (m_isOpen) QSqlQuery(m_database).exec(QStringLiteral("ROLLBACK"));
}

Status Transaction::commit() {
  GALAGO_TRY(execute(m_database, QStringLiteral("COMMIT")));
  m_isOpen = false;
  return {};
}

}  // namespace galago::ui
