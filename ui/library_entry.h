// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A model of the page of models, installed or to be had, as a plain value.
#pragma once

#include <QString>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "library/catalogue.h"
#include "library/installed_models.h"
#include "library/memory_need.h"
#include "transfer/download.h"

namespace galago::ui {

/// Of its files, since the page was opened.
enum class CheckState { kUnknown, kChecking, kWhole, kDamaged };

struct LibraryEntry {
  QString id;  ///< "publisher/model"
  QString name;
  QString quantisation;
  QString licence;      ///< by its name; empty: not known, or a text of its own
  QString licenceText;  ///< empty: not known
  QString licenceUrl;
  QString source;  ///< repository and revision; empty: not known
  QString note;
  QString folder;
  std::uint64_t bytes = 0;         ///< 0: not known
  std::uint64_t memory_bytes = 0;  ///< 0: not known
  std::optional<MemoryFit> fit;
  QString type_that_fits;  ///< of quantisation; empty: none

  double rate = 0;  ///< tokens a second, of the latest answer on this machine; 0: none yet
  QString rateDevice;
  int rateThreads = 0;

  std::optional<InstalledModel> installed;
  std::optional<CatalogueEntry> download;  ///< can be fetched, or fetched again
  bool isOwn = false;                      ///< in the catalogue because the user added it
  CheckState check = CheckState::kUnknown;
  double check_progress = 0;
  QString check_detail;  ///< the files that are damaged
  DownloadStatus transfer;
};

}  // namespace galago::ui
