// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 read character by character, and white space as Python's str.strip() sees it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace galago {

inline constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";  // U+FFFD

enum class Utf8State {
  kValid,       ///< the text begins with a whole character
  kIncomplete,  ///< all of it is the beginning of a character
  kInvalid,     ///< its first byte belongs to no character
};

struct Utf8Character {
  Utf8State state = Utf8State::kInvalid;
  std::size_t size =
      0;  ///< bytes of the character; 1 when invalid, 0 when incomplete or at the end
  char32_t code = 0;
};

/// The first character of a text (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF).
Utf8Character read_utf8(std::string_view text);

bool is_valid_utf8(std::string_view text);

/// Moves what can be decoded from the front of `bytes` to the end of `text`, each invalid byte as
/// U+FFFD. The beginning of a character stays in `bytes`.
void move_decoded(std::string& bytes, std::string& text);

/// What Python's str.isspace() says of one character.
bool is_white_space(char32_t code);
/// Without white space at the front, at the end, at both. `text` must be valid UTF-8.
std::string_view strip_front(std::string_view text);
std::string_view strip_back(std::string_view text);
std::string_view strip(std::string_view text);

}  // namespace galago
