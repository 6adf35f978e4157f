// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// JSON from files of unknown origin.
#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"

namespace galago {

/// The object that `text` is. Errors: kFormat (no JSON, no object, a key of it that occurs twice,
/// larger than any description of a model).
Result<nlohmann::json> parse_json_object(std::span<const std::byte> text);

/// The same of a file. Errors: kIo as well.
Result<nlohmann::json> read_json_object(const std::filesystem::path& path);

/// A member of `object`; nothing when it is missing, null or of another type.
std::optional<std::int64_t> json_integer(const nlohmann::json& object, const char* key);
std::optional<double> json_number(const nlohmann::json& object, const char* key);
std::optional<bool> json_bool(const nlohmann::json& object, const char* key);
std::optional<std::string> json_string(const nlohmann::json& object, const char* key);

}  // namespace galago
