// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 of files of gigabytes: in pieces, with progress, and to be stopped.
#pragma once

#include <QCryptographicHash>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace galago {

using HashProgress = std::function<void(std::uint64_t bytes)>;

/// Adds what is in the file to `hash`, and returns its size. Errors: kIo, kCancelled.
Result<std::uint64_t> hash_into(QCryptographicHash& hash, const std::filesystem::path& path,
                                const std::stop_token& stop, const HashProgress& progress = {});

/// Lower case hexadecimal. Errors: kIo, kCancelled.
Result<std::string> file_sha256(const std::filesystem::path& path, const std::stop_token& stop,
                                const HashProgress& progress = {});

/// 64 hexadecimal digits.
bool is_sha256(std::string_view text);

std::string hash_text(const QCryptographicHash& hash);

}  // namespace galago
