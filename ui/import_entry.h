// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Something that a person gave to be imported, as a plain value.
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>
#include <vector>

#include "intake/import_checkpoint.h"
#include "intake/import_sources.h"

namespace galago::ui {

enum class ImportStep {
  kReady,    ///< a person may begin
  kWaiting,  ///< for another one
  kWorking,
  kDone,
  kFailed,   ///< may be tried again
  kRefused,  ///< it is no model: `obstacle`
};

struct ImportEntry {
  int id = 0;
  ImportStep step = ImportStep::kReady;
  ImportSource source;
  QString name;
  QStringList models;       ///< "publisher/model", what will be installed
  std::uint64_t bytes = 0;  ///< that takes on the disk; of a checkpoint, `sizes` say it
  std::vector<CheckpointSize> sizes;
  int size = 0;                          ///< the one chosen of those
  std::optional<MissingFolder> missing;  ///< of a checkpoint, what has to be named first
  bool isAdapter = false;
  bool isBundle = false;
  bool hasSettings = false;
  bool hasSamples = false;
  bool takesSettings = false;
  bool takesSamples = true;
  bool isInstalled = false;  ///< models of these names are, and would be replaced
  double share = 0;          ///< of the work, done
  ImportObstacle obstacle = ImportObstacle::kNothing;
  std::optional<Error> error;
};

}  // namespace galago::ui
