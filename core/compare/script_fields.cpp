// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "compare/script_fields.h"

#include <algorithm>

#include "gguf/printable.h"

namespace galago {

using nlohmann::json;

std::string ScriptFields::place(std::string_view key) const {
  if (key.empty()) return place_.empty() ? "the script" : place_;
  return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
}

Error ScriptFields::wrong(std::string_view key, std::string what) const {
  return {Errc::kFormat, std::move(what), {place(key)}};
}

const json* ScriptFields::member(const char* key) const {
  const auto found = object_.find(key);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

Status ScriptFields::expect_object(std::initializer_list<std::string_view> known) const {
  if (!object_.is_object()) return wrong({}, "this is not an object");
  for (const auto& [key, value] : object_.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string names;
    for (const std::string_view name : known)
      names += (names.empty() ? "" : ", ") + std::string(name);
    return wrong({}, "'" + printable(key) + "' means nothing here; known are: " + names);
  }
  return {};
}

bool ScriptFields::has(const char* key) const { return member(key) != nullptr; }

Result<std::string> ScriptFields::text(const char* key, std::size_t max_bytes) const {
  const json* value = member(key);
  if (value == nullptr) return std::string();
  if (!value->is_string()) return wrong(key, "this is not a text");
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > max_bytes)
    return wrong(key, "this text is longer than " + std::to_string(max_bytes) + " bytes");
  if (text.find('\0') != std::string::npos) return wrong(key, "this text holds a zero character");
  return text;
}

Result<std::vector<std::string>> ScriptFields::texts(const char* key, std::size_t max_bytes) const {
  constexpr std::size_t kMostTexts = 64;
  const json* value = member(key);
  if (value == nullptr) return std::vector<std::string>();
  if (!value->is_array()) {
    GALAGO_TRY(std::string single, text(key, max_bytes));
    return std::vector<std::string>{std::move(single)};
  }
  if (value->size() > kMostTexts)
    return wrong(key, "there are more than " + std::to_string(kMostTexts));
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < value->size(); ++i) {
    const json item = {{"text", (*value)[i]}};
    auto read = ScriptFields(item, {}).text("text", max_bytes);
    if (!read) return wrong(std::string(key) + "[" + std::to_string(i) + "]", read.error().detail);
    texts.push_back(*std::move(read));
  }
  return texts;
}

Result<std::uint64_t> ScriptFields::count(const char* key, std::uint64_t least, std::uint64_t most,
                                          std::uint64_t fallback) const {
  const json* value = member(key);
  if (value == nullptr) return fallback;
  if (!value->is_number_unsigned() || value->get<std::uint64_t>() < least ||
      value->get<std::uint64_t>() > most)
    return wrong(key, "this is not a whole number from " + std::to_string(least) + " to " +
                          std::to_string(most));
  return value->get<std::uint64_t>();
}

Result<float> ScriptFields::number(const char* key, double least, double most,
                                   float fallback) const {
  const json* value = member(key);
  if (value == nullptr) return fallback;
  if (!value->is_number() || !(value->get<double>() >= least) || !(value->get<double>() <= most))
    return wrong(key,
                 "this is not a number from " + json(least).dump() + " to " + json(most).dump());
  return value->get<float>();
}

Result<bool> ScriptFields::flag(const char* key, bool fallback) const {
  const json* value = member(key);
  if (value == nullptr) return fallback;
  if (!value->is_boolean()) return wrong(key, "this is neither true nor false");
  return value->get<bool>();
}

Result<const json*> ScriptFields::object(const char* key) const {
  const json* value = member(key);
  if (value != nullptr && !value->is_object()) return wrong(key, "this is not an object");
  return value;
}

Result<const json*> ScriptFields::list(const char* key, std::size_t max_items) const {
  const json* value = member(key);
  if (value == nullptr) return value;
  if (!value->is_array()) return wrong(key, "this is not a list");
  if (value->size() > max_items)
    return wrong(key, "there are more than " + std::to_string(max_items));
  return value;
}

}  // namespace galago
