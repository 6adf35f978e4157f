// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A script from the text of its file.
#pragma once

#include <filesystem>
#include <string_view>

#include "compare/script.h"

namespace galago {

/// The script that `text` is; its paths are meant from `folder` on. Errors: kFormat, kUnsupported.
Result<CompareScript> parse_compare_script(std::string_view text,
                                           const std::filesystem::path& folder);

}  // namespace galago
