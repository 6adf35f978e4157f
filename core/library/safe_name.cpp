// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/safe_name.h"

#include <set>

#include "gguf/printable.h"

namespace galago {
namespace {

constexpr std::size_t kLongestName = 200;  // file systems take 255; room for ".123456.part"
constexpr std::string_view kForbidden = "/\\:*?\"<>|";

Error bad_name(std::string_view name, const char* why) {
  return {Errc::kFormat, "the name '" + printable(name) + "' is not allowed: " + why, {}};
}

bool is_plain_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-' || c == '+' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

Status check_plain_name(std::string_view name) {
  if (name.empty()) return bad_name(name, "it is empty");
  if (name.size() > kLongestName) return bad_name(name, "it is too long");
  if (name.front() == '.') return bad_name(name, "it begins with a dot");
  if (name.back() == '.' || name.back() == ' ' || name.front() == ' ')
    return bad_name(name, "it begins or ends with a space or a dot");
  if (name.find_first_of(kForbidden) != std::string_view::npos)
    return bad_name(name, "it holds a character that separates folders or is reserved");
  if (printable(name, kLongestName) != name) return bad_name(name, "it holds control characters");
  return {};
}

Status check_distinct(const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (const std::string& name : names)
    if (!seen.insert(ascii_lower(name)).second)
      return Error{Errc::kFormat, "the file '" + printable(name) + "' is listed twice", {}};
  return {};
}

std::string plain_name_of(std::string_view text) {
  std::string name;
  for (const char c : printable(text, kLongestName)) {
    const bool fits = is_plain_character(c) && !(name.empty() && c == '.');
    if (fits)
      name += c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && (name.size() > kLongestName || name.back() == '-' || name.back() == '.'))
    name.pop_back();
  return name.empty() || !check_plain_name(name) ? "model" : name;
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace galago
