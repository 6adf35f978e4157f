// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What was measured before, by the model's files, wherever they lie, and the device with its
// driver: galago/devices.json in the folder of the user's state. Without such a folder nothing is
// kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "placement/device_trial.h"

namespace galago {

class KnownTrials {
 public:
  /// Those of a model. A file that cannot be read is none. Errors: kIo (the model's files).
  static Result<KnownTrials> load(const std::filesystem::path& language_model,
                                  const std::filesystem::path& mmproj);

  /// `way`: the device with all that its speed depends on, its driver for example.
  std::optional<DeviceTrial> find(const std::string& way) const;
  /// Takes the place of what is known of this way.
  void store(const std::string& way, const DeviceTrial& trial);
  void forget(const std::string& way);

 private:
  struct Entry {
    std::uint64_t model = 0;  ///< fingerprint
    std::string way;
    DeviceTrial trial;
  };

  void save() const;

  std::uint64_t model_ = 0;
  std::vector<Entry> entries_;  // of all models, the latest first
};

}  // namespace galago
