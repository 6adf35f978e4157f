// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// SQL with errors as results. Values are bound, never written into a statement.
#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include "base/result.h"

namespace galago::ui {

/// Runs one statement; the query stands before its first row. Errors: kIo, kFormat (the file is
/// damaged or is no database).
Result<QSqlQuery> select(const QSqlDatabase& database, const QString& statement,
                         const QVariantList& values = {});
Status execute(const QSqlDatabase& database, const QString& statement,
               const QVariantList& values = {});

/// Takes back what was done since its making, unless it is committed. Holds off other writers from
/// its beginning on.
class Transaction {
 public:
  static Result<Transaction> begin(const QSqlDatabase& database);
  ~Transaction();

  Transaction(Transaction&& other) noexcept;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction& operator=(Transaction&&) = delete;

  Status commit();

 private:
  explicit Transaction(const QSqlDatabase& database);

  QSqlDatabase m_database;
  bool m_isOpen = true;
};

}  // namespace galago::ui
