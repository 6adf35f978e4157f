// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The folder in which a download comes together, and how it becomes the folder that was asked for.
// Blocking.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "transfer/download.h"
#include "transfer/part_file.h"

namespace galago {

/// PARENT/.partial/NAME for PARENT/NAME.
std::filesystem::path staging_folder(const std::filesystem::path& folder);
std::filesystem::path part_path(const std::filesystem::path& folder, const std::string& name);

/// Names without paths, no name twice, addresses of http and https. Errors: kInvalidArgument.
Status check_request(const DownloadRequest& request);

/// Makes the folder, and makes parts again of files that a program was killed while moving.
/// Errors: kIo.
Status make_staging(const DownloadRequest& request);
void remove_staging(const std::filesystem::path& folder);
void remove_staging_if_empty(const std::filesystem::path& folder);

/// Whether something of it has come that waits to be gone on with.
bool has_begun(const DownloadRequest& request);

/// How much of a file is there, in place or in part; not looked into.
std::uint64_t bytes_there(const std::filesystem::path& folder, const DownloadFile& file);

struct StagedFile {
  std::uint64_t size = 0;
  std::string sha256;
  std::optional<PartFile> part;  ///< nothing: the file is in its place, and whole
};

/// Reads what is there of a file. Errors: kIo, kCancelled.
Result<StagedFile> open_staged(const std::filesystem::path& folder, const DownloadFile& file,
                               const std::stop_token& stop);

/// Writes the files to the disk, gives them their names, lets `check` look at them and moves them
/// into place. Errors: kIo, kCancelled, those of the check.
Status move_into_place(const DownloadRequest& request, std::vector<DownloadedFile> files,
                       const std::stop_token& stop);

}  // namespace galago
