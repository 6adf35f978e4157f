// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The application's settings without what is of this machine only: paths and the processor.
#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <memory>

#include "base/result.h"

namespace galago {

/// A copy in a temporary folder, which goes with it.
class PortableSettings {
 public:
  PortableSettings() = default;

  /// Settings that are not there are empty ones. Errors: kIo.
  static Result<PortableSettings> of(const std::filesystem::path& settings);

  const std::filesystem::path& path() const { return path_; }

 private:
  std::unique_ptr<QTemporaryDir> folder_;
  std::filesystem::path path_;
};

}  // namespace galago
