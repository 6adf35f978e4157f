// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Models as the commands print them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "library/catalogue.h"
#include "library/installed_models.h"
#include "library/measured_rates.h"
#include "library/memory_need.h"

namespace galago::cli {

/// One object, on stdout.
void print_json(const nlohmann::json& value);

/// "2.6 GB, fits"; "unknown"
std::string memory_text(const std::optional<MemoryNeed>& need);
nlohmann::json memory_json(const std::optional<MemoryNeed>& need);

/// `rates`: measured on this machine, the latest first.
nlohmann::json to_json(const InstalledModel& model, const std::vector<MeasuredRate>& rates);

/// Null for an empty text: not known.
nlohmann::json known(const std::string& text);

}  // namespace galago::cli
