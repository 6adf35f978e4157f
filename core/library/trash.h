// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Removing from the library so that it can be undone: what is removed moves to a hidden folder of
// the same library, which costs no time and no space, until it is purged. No step loses a file,
// whenever a program is killed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace galago {

struct TrashEntry {
  std::string id;                            ///< plain; names this removal
  std::vector<std::filesystem::path> paths;  ///< relative to the library: where it was
  std::int64_t removed_at = 0;               ///< seconds since 1970
  std::uint64_t bytes = 0;                   ///< what purging it gives back
};

/// `paths` are files and folders of the library, relative to it. Errors: kInvalidArgument (not
/// inside), kIo.
Result<TrashEntry> move_to_trash(const std::filesystem::path& library,
                                 const std::vector<std::filesystem::path>& paths);

/// Latest first.
std::vector<TrashEntry> trash_entries(const std::filesystem::path& library);

/// Puts everything back. Errors: kInvalidArgument (no such entry; something else is in its place by
/// now: nothing is overwritten), kIo.
Status restore_from_trash(const std::filesystem::path& library, const std::string& id);

/// Deletes for good. Errors: kInvalidArgument (no such entry), kIo.
Status purge_from_trash(const std::filesystem::path& library, const std::string& id);

/// Deletes for good what was removed before `time`, in seconds since 1970.
void purge_trash_before(const std::filesystem::path& library, std::int64_t time);

}  // namespace galago
