// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How fast models answered on this machine, by the file, wherever it lies, the device and the
// number of threads: galago/rates.json in the folder of the user's state.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace galago {

struct MeasuredRate {
  std::string device;  ///< "cpu"
  int threads = 0;
  double tokens_per_second = 0;  ///< of the latest answer that was long enough
  std::int64_t measured_at = 0;  ///< seconds since 1970
};

class MeasuredRates {
 public:
  /// Answers shorter than this say little.
  static constexpr int kFewestTokens = 16;

  /// Those of this machine. A file that cannot be read is none.
  static MeasuredRates load();

  /// Of a language model's file, the latest first. Blocking: reads samples of the file.
  std::vector<MeasuredRate> of(const std::filesystem::path& language_model) const;

  /// Takes the place of what is known of this file, device and number of threads.
  Status record(const std::filesystem::path& language_model, MeasuredRate rate);

 private:
  struct Entry {
    std::uint64_t file = 0;   ///< fingerprint
    std::uint64_t bytes = 0;  ///< of the file: others need not be looked into
    MeasuredRate rate;
  };

  Status save() const;

  std::vector<Entry> entries_;  // the latest first
};

/// What an answer of `tokens` (those after the first) says of the model's speed; kept if it is long
/// enough. For a thread that may wait. Errors: kIo.
Status record_answer_rate(const std::filesystem::path& language_model, const std::string& device,
                          int threads, int tokens, double milliseconds);

}  // namespace galago
