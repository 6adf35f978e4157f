// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Files of one value, as sysfs has them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace galago {

/// The first line; nothing: it is not there or cannot be read.
std::optional<std::string> sysfs_text(const std::filesystem::path& file);

/// A decimal number; nothing else may follow it.
std::optional<double> sysfs_number(const std::filesystem::path& file);

/// The entries of a folder whose names begin so, in order; none where there is no folder.
std::vector<std::filesystem::path> sysfs_entries(const std::filesystem::path& folder,
                                                 std::string_view prefix = {});

}  // namespace galago
