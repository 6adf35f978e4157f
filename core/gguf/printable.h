// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Makes text from a file fit for a terminal or a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace galago {

/// One line of valid UTF-8: line breaks, control characters, characters that change the direction
/// of writing, and bytes that are no UTF-8 appear as escapes ("\n", "\x1b", "\u{202e}"). What is
/// longer than `max_characters` ends in "…".
std::string printable(std::string_view text, std::size_t max_characters = 200);

}  // namespace galago
