// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The tables of the chats' database, and how older ones become today's.
#pragma once

#include <QSqlDatabase>

#include "base/result.h"

namespace galago::ui {

/// Of the tables that this program writes.
int chatSchemaVersion();

/// Makes the tables, or brings older ones up to date, a version at a time, each step whole or not
/// at all. Errors: as sql.h; kUnsupported for tables of a newer program, which are left alone.
Status migrateChats(const QSqlDatabase& database);

}  // namespace galago::ui
