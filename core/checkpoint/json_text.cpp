// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/json_text.h"

#include <cstdint>

#include "base/mapped_file.h"

namespace galago {
namespace {

using nlohmann::json;

// The lists of the largest checkpoints take less than one megabyte.
constexpr std::size_t kLargestText = std::size_t{8} << 20;

/// The member, unless it is missing or null.
const json* member(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

}  // namespace

Result<json> parse_json_object(std::span<const std::byte> text) {
  if (text.size() > kLargestText)
    return Error{Errc::kFormat, "the JSON text is larger than any description of a model", {}};
  const auto* begin = reinterpret_cast<const char*>(text.data());
  // The parser keeps the last of equal keys, where other programs may take the first.
  std::size_t key_count = 0;
  const auto count_keys = [&](int depth, json::parse_event_t event, const json&) {
    if (depth == 1 && event == json::parse_event_t::key) ++key_count;
    return true;
  };
  json parsed = json::parse(begin, begin + text.size(), count_keys, false);
  if (!parsed.is_object()) return Error{Errc::kFormat, "this is not a JSON object", {}};
  if (key_count != parsed.size())
    return Error{Errc::kFormat, "a key of the JSON object occurs twice", {}};
  return parsed;
}

Result<json> read_json_object(const std::filesystem::path& path) {
  GALAGO_TRY(const auto file, MappedFile::open(path));
  auto parsed = parse_json_object(file->bytes());
  if (!parsed) return std::move(parsed).error().with_context(path.string());
  return parsed;
}

std::optional<std::int64_t> json_integer(const json& object, const char* key) {
  const json* value = member(object, key);
  if (value == nullptr || !value->is_number_integer()) return std::nullopt;
  if (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return value->get<std::int64_t>();
}

std::optional<double> json_number(const json& object, const char* key) {
  const json* value = member(object, key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->get<double>();
}

std::optional<bool> json_bool(const json& object, const char* key) {
  const json* value = member(object, key);
  if (value == nullptr || !value->is_boolean()) return std::nullopt;
  return value->get<bool>();
}

std::optional<std::string> json_string(const json& object, const char* key) {
  const json* value = member(object, key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

}  // namespace galago
