// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Looks into what was given to be imported, and brings it into the library. Blocking: for threads
// that may wait.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "import_entry.h"

namespace galago::ui {

/// One entry for each model that the files and folders hold, and for each that is none.
std::vector<ImportEntry> entriesOf(const std::vector<std::filesystem::path>& paths);

/// Looks again, for instance after a missing folder was named; choices stay.
ImportEntry lookedAt(ImportEntry entry);

struct ImportPlaces {
  std::filesystem::path settings;  ///< where a bundle's settings go, if they are taken
  std::filesystem::path samples;
};

/// Models that are installed already are replaced if the entry said so. Errors: those of
/// import_pair, import_checkpoint and import_pack.
Status importEntry(const ImportEntry& entry, const ImportPlaces& places,
                   const std::stop_token& stop, const std::function<void(double)>& progress);

}  // namespace galago::ui
