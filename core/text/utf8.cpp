// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "text/utf8.h"

#include <cstdint>

namespace galago {
namespace {

bool is_trail(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0U) == 0x80U; }

/// Where the last character of a non-empty text begins.
std::size_t last_character(std::string_view text) {
  std::size_t start = text.size() - 1;
  while (start > 0 && is_trail(text[start])) --start;
  return start;
}

}  // namespace

Utf8Character read_utf8(std::string_view text) {
  if (text.empty()) return {Utf8State::kIncomplete, 0, 0};
  constexpr Utf8Character kInvalid{Utf8State::kInvalid, 1, 0};
  const auto lead = static_cast<std::uint8_t>(text[0]);
  if (lead < 0x80) return {Utf8State::kValid, 1, lead};
  if (lead < 0xC2 || lead > 0xF4) return kInvalid;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (i == text.size()) return {Utf8State::kIncomplete, 0, 0};
    if (!is_trail(text[i])) return kInvalid;
    code = (code << 6) | (static_cast<std::uint8_t>(text[i]) & 0x3FU);
    if (i > 1) continue;
    // The second byte decides whether this can become a character at all: `code` lacks the bits
    // of the bytes after it.
    const std::size_t missing_bits = 6 * (size - 2);
    const char32_t lowest = code << missing_bits;
    const bool is_overlong = (size == 3 && lowest < 0x800) || (size == 4 && lowest < 0x10000);
    const bool is_surrogate = lowest >= 0xD800 && lowest < 0xE000;
    if (is_overlong || is_surrogate || lowest > 0x10FFFF) return kInvalid;
  }
  return {Utf8State::kValid, size, code};
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const Utf8Character character = read_utf8(text);
    if (character.state != Utf8State::kValid) return false;
    text.remove_prefix(character.size);
  }
  return true;
}

void move_decoded(std::string& bytes, std::string& text) {
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const Utf8Character character = read_utf8(rest);
    if (character.state == Utf8State::kIncomplete) break;
    text += character.state == Utf8State::kValid ? rest.substr(0, character.size)
                                                 : kReplacementCharacter;
    rest.remove_prefix(character.size);
  }
  bytes.erase(0, bytes.size() - rest.size());
}

bool is_white_space(char32_t code) {
  return (code >= 0x09 && code <= 0x0D) || (code >= 0x1C && code <= 0x20) || code == 0x85 ||
         code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
         code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

std::string_view strip_front(std::string_view text) {
  while (!text.empty()) {
    const Utf8Character character = read_utf8(text);
    if (character.state != Utf8State::kValid || !is_white_space(character.code)) break;
    text.remove_prefix(character.size);
  }
  return text;
}

std::string_view strip_back(std::string_view text) {
  while (!text.empty()) {
    const std::size_t start = last_character(text);
    const Utf8Character character = read_utf8(text.substr(start));
    if (character.state != Utf8State::kValid || !is_white_space(character.code)) break;
    text.remove_suffix(text.size() - start);
  }
  return text;
}

std::string_view strip(std::string_view text) { return strip_back(strip_front(text)); }

}  // namespace galago
