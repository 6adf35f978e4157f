// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Columns for a terminal, as wide as what they hold.
#pragma once

#include <string>
#include <vector>

namespace galago::cli {

using TableRow = std::vector<std::string>;

/// The first row is the heading. Ends in a line break.
std::string table_text(const std::vector<TableRow>& rows);

}  // namespace galago::cli
