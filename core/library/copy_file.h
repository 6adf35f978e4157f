// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>

#include "base/function_ref.h"
#include "base/result.h"

namespace galago {

/// Copies the bytes of a file; the copy appears when it is whole and on the disk. `copied` hears of
/// each piece. Errors: kIo, kCancelled.
Status copy_file(const std::filesystem::path& from, const std::filesystem::path& to,
                 const std::stop_token& stop, FunctionRef<void(std::size_t bytes)> copied);

}  // namespace galago
