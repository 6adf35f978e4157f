// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Reads members of JSON objects that anybody may have written: wrong types and sizes are errors,
// never exceptions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace galago {

/// Any value, nested at most 64 deep. Errors: kFormat, with line and column where it is no JSON.
Result<nlohmann::json> parse_json(std::string_view text);

/// An object; its "format" is a number from 1 to `newest`. Errors: kFormat; kUnsupported, where it
/// is of a newer program.
Result<nlohmann::json> parse_json_object(std::string_view text, int newest);

/// A file of at most `max_bytes`. Errors: kIo, kFormat (larger).
Result<std::string> read_text_file(const std::filesystem::path& path, std::size_t max_bytes);

/// A string of at most `max_bytes`; empty where it is absent or null. Errors: kFormat.
Result<std::string> json_text(const nlohmann::json& object, const char* key, std::size_t max_bytes);

/// Nothing where it is absent or null. Errors: kFormat.
Result<std::optional<std::uint64_t>> json_count(const nlohmann::json& object, const char* key,
                                                std::uint64_t max);

/// An array of at most `max_items` objects; empty where it is absent or null. Errors: kFormat.
Result<nlohmann::json> json_objects(const nlohmann::json& object, const char* key,
                                    std::size_t max_items);

/// Indented, ending in a line break; what is no UTF-8 is replaced.
std::string json_file_text(const nlohmann::json& value);

}  // namespace galago
