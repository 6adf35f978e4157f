// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/json_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace galago {
namespace {

using nlohmann::json;

Error wrong(const char* key, const char* what) {
  return {Errc::kFormat, "'" + std::string(key) + "' is not " + what, {}};
}

const json* member(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }  // NOLINT(*-owning-memory)
};

/// Nesting as JSON's own syntax has it; deeper text is not worth parsing.
bool is_too_deep(std::string_view text) {
  constexpr int kDeepest = 64;
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDeepest) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

/// "line 3, column 5" of the byte at `offset`.
std::string place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return "line " + std::to_string(lines + 1) + ", column " +
         std::to_string(before.size() - line_start + 1);
}

}  // namespace

Result<json> parse_json(std::string_view text) {
  if (is_too_deep(text)) return Error{Errc::kFormat, "the JSON is nested too deeply", {}};
  try {
    return json::parse(text);
  } catch (const json::exception& error) {
    const auto* syntax = dynamic_cast<const json::parse_error*>(&error);
    const std::string where =
        syntax != nullptr && syntax->byte > 0 ? " (" + place_of(text, syntax->byte - 1) + ")" : "";
    return Error{Errc::kFormat, "this is not valid JSON" + where, {}};
  }
}

Result<json> parse_json_object(std::string_view text, int newest) {
  GALAGO_TRY(json value, parse_json(text));
  if (!value.is_object()) return Error{Errc::kFormat, "this is not a JSON object", {}};
  GALAGO_TRY(const auto format, json_count(value, "format", 1U << 30));
  if (!format || *format == 0) return Error{Errc::kFormat, "'format' is missing", {}};
  if (*format > static_cast<std::uint64_t>(newest))
    return Error{
        Errc::kUnsupported,
        "it is of format " + std::to_string(*format) + ", which a newer version of Galago reads",
        {}};
  return value;
}

Result<std::string> read_text_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  if (!file)
    return Error{Errc::kIo,
                 "the file cannot be opened: " + std::generic_category().message(errno),
                 {path.string()}};
  std::string text;
  char buffer[1 << 14];
  while (const std::size_t read = std::fread(buffer, 1, sizeof buffer, file.get())) {
    if (text.size() + read > max_bytes)
      return Error{Errc::kFormat, "the file is larger than such a file can be", {path.string()}};
    text.append(buffer, read);
  }
  if (std::ferror(file.get()) != 0)
    return Error{Errc::kIo, "the file cannot be read", {path.string()}};
  return text;
}

Result<std::string> json_text(const json& object, const char* key, std::size_t max_bytes) {
  const json* value = member(object, key);
  if (value == nullptr) return std::string();
  if (!value->is_string()) return wrong(key, "a text");
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > max_bytes) return wrong(key, "as short as it has to be");
  return text;
}

Result<std::optional<std::uint64_t>> json_count(const json& object, const char* key,
                                                std::uint64_t max) {
  const json* value = member(object, key);
  if (value == nullptr) return std::optional<std::uint64_t>();
  if (!value->is_number_unsigned()) return wrong(key, "a whole number");
  const auto number = value->get<std::uint64_t>();
  if (number > max) return wrong(key, "a number that makes sense here");
  return std::optional(number);
}

Result<json> json_objects(const json& object, const char* key, std::size_t max_items) {
  const json* value = member(object, key);
  if (value == nullptr) return json::array();
  if (!value->is_array()) return wrong(key, "a list");
  if (value->size() > max_items) return wrong(key, "as short as it has to be");
  for (const json& item : *value)
    if (!item.is_object()) return wrong(key, "a list of objects");
  return *value;
}

std::string json_file_text(const json& value) {
  return value.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace galago
