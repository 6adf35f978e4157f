// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a person reads when something cannot be imported: what it is, and the next step.
#pragma once

#include "error_text.h"
#include "import_entry.h"

namespace galago::ui {

/// Empty where nothing is wrong.
ErrorText importProblem(const ImportEntry& entry);

}  // namespace galago::ui
