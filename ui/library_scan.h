// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the page of models shows, read from the disk. Blocking: for a thread that may wait.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "library/trash.h"
#include "library_entry.h"

namespace galago::ui {

struct LibraryScan {
  std::vector<LibraryEntry> installed;
  std::vector<LibraryEntry> available;  ///< of the catalogue, those not installed
  std::vector<Error> problems;          ///< of files that are no model
  std::vector<TrashEntry> removed;      ///< latest first
  std::filesystem::path library;
  std::uint64_t disk_bytes = 0;  ///< of the models in the library
  std::optional<std::uint64_t> free_disk_bytes;
  std::optional<std::uint64_t> free_memory_bytes;
};

/// `context` in tokens; 0: as each model was made. Deletes for good what was removed a week ago.
LibraryScan scanForPage(std::uint64_t context);

/// The names of the files that are not what the manifest says. Hashes that nobody stated are taken
/// on trust and kept for the next time (verify_model). Errors: kCancelled; kIo.
Result<QStringList> damagedFiles(const InstalledModel& model, const std::stop_token& stop,
                                 const std::function<void(double)>& progress);

}  // namespace galago::ui
