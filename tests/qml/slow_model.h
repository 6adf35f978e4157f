// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A model that is slow on any machine, for tests of what happens meanwhile.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace galago {

/// Writes a pair like that of `source` (a folder) into `folder`, its blocks repeated `times`.
Status write_deep_model(const std::filesystem::path& source, const std::filesystem::path& folder,
                        int times);

}  // namespace galago
