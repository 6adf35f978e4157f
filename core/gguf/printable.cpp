// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/printable.h"

#include "text/utf8.h"

namespace galago {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

std::string byte_escape(unsigned char byte) {
  return {'\\', 'x', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
}

std::string code_escape(char32_t code) {
  std::string digits;
  for (; code != 0; code >>= 4) digits.insert(digits.begin(), kHexDigits[code & 15]);
  return "\\u{" + digits + "}";
}

/// Invisible characters that reorder or hide what follows, and Unicode's own line breaks.
bool is_deceptive(char32_t code) {
  return (code >= 0x80 && code < 0xa0) || code == 0xad || code == 0x61c ||
         (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb);
}

}  // namespace

std::string printable(std::string_view text, std::size_t max_characters) {
  std::string result;
  for (std::size_t characters = 0; !text.empty(); ++characters) {
    if (characters == max_characters) return result + "…";
    const Utf8Character c = read_utf8(text);
    const std::size_t size = c.state == Utf8State::kValid ? c.size : 1;
    const auto byte = static_cast<unsigned char>(text.front());
    if (c.state != Utf8State::kValid)
      result += byte_escape(byte);
    else if (c.code == '\n')
      result += "\\n";
    else if (c.code == '\r')
      result += "\\r";
    else if (c.code == '\t')
      result += "\\t";
    else if (c.code < 0x20 || c.code == 0x7f)
      result += byte_escape(byte);
    else if (is_deceptive(c.code))
      result += code_escape(c.code);
    else
      result += text.substr(0, size);
    text.remove_prefix(size);
  }
  return result;
}

}  // namespace galago
