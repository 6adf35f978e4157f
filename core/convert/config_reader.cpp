// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/config_reader.h"

#include <algorithm>
#include <cmath>

#include "checkpoint/json_text.h"
#include "gguf/printable.h"

namespace galago {
namespace {

Error format_error(const char* key, const std::string& what) {
  return {Errc::kFormat, "the setting '" + std::string(key) + "' " + what, {}};
}

}  // namespace

bool ConfigReader::is_missing(const char* key) const {
  const auto found = object_.find(key);
  return found == object_.end() || found->is_null();
}

Result<std::int64_t> ConfigReader::count(const char* key, std::int64_t largest,
                                         std::optional<std::int64_t> fallback) const {
  if (is_missing(key) && fallback) return *fallback;
  const auto value = json_integer(object_, key);
  if (is_missing(key)) return format_error(key, "is missing");
  if (!value || *value < 1 || *value > largest)
    return format_error(key, "is not between 1 and " + std::to_string(largest));
  return *value;
}

Result<float> ConfigReader::positive(const char* key, std::optional<double> fallback) const {
  if (is_missing(key) && fallback) return static_cast<float>(*fallback);
  const auto value = json_number(object_, key);
  const float number = value ? static_cast<float>(*value) : 0.0F;
  if (!std::isfinite(number) || number <= 0) return format_error(key, "is not a positive number");
  return number;
}

std::string ConfigReader::text(const char* key, std::string_view fallback) const {
  return json_string(object_, key).value_or(std::string(fallback));
}

bool ConfigReader::flag(const char* key) const { return json_bool(object_, key).value_or(false); }

Status ConfigReader::expect(const char* key, std::string_view fallback,
                            std::initializer_list<std::string_view> known) const {
  const std::string value = text(key, fallback);
  if (std::find(known.begin(), known.end(), value) != known.end()) return {};
  return Error{Errc::kUnsupported,
               "the setting '" + std::string(key) + "' is '" + printable(value, 80) +
                   "', which this program does not convert",
               {}};
}

}  // namespace galago
