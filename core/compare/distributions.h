// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The first column's distributions of next tokens, kept for the columns after it: its weights are
// gone by then. They lie in a file that has no name and goes with the process.
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"

namespace galago {

class Distributions {
 public:
  /// Of one answer, so many tokens are kept at most.
  static constexpr std::size_t kMostTokens = 64;
  /// Of all answers. What comes after is left out, and counts as unknown.
  static constexpr std::size_t kMostBytes = std::size_t{1} << 30;

  /// Begins the case's rows. Errors, of all: kIo.
  Status begin(std::size_t item);
  /// Logarithms of probabilities. Nothing is kept beyond the limits.
  Status add(std::span<const float> row);

  /// Rows of the case; none where nothing is known.
  std::size_t rows(std::size_t item) const;
  Status read(std::size_t item, std::size_t row, std::vector<float>& out) const;

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }  // NOLINT(*-owning-memory)
  };

  struct Stretch {
    std::size_t first = 0;  // byte
    std::size_t width = 0;  // numbers of a row
    std::size_t rows = 0;
  };

  std::unique_ptr<std::FILE, CloseFile> file_;
  std::vector<Stretch> stretches_;  // by case
  std::size_t current_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace galago
