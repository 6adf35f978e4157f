// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace galago {

/// "1.4 GB", in powers of a thousand.
std::string size_text(std::uint64_t bytes);

}  // namespace galago
