// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Names of files and folders that come from elsewhere: a manifest, a pack, a catalogue.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

/// Whether `name` is one plain name that every file system takes: no separators, not hidden, no
/// control or direction characters, not longer than 200 bytes. A file of that name lies in the
/// folder it is meant for, and nowhere else. Errors: kFormat.
Status check_plain_name(std::string_view name);

/// Errors: kFormat, where two names differ in nothing but case: some file systems, those of USB
/// sticks among them, take them for one.
Status check_distinct(const std::vector<std::string>& names);

/// A plain name made from any text: what is not allowed becomes "-". Empty text gives "model".
std::string plain_name_of(std::string_view text);

std::string ascii_lower(std::string_view text);

}  // namespace galago
