// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A comparison as text for a terminal.
#pragma once

#include <string>

#include "compare/report.h"

namespace galago::cli {

/// Columns with their figures, then each case with its answers, then what is not as expected.
std::string compare_text(const CompareReport& report);

}  // namespace galago::cli
