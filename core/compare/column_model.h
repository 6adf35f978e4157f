// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The files of a column's model, converted first where the column says so.
#pragma once

#include <filesystem>
#include <stop_token>

#include "base/function_ref.h"
#include "base/result.h"
#include "compare/script.h"
#include "library/model_files.h"

namespace galago {

/// Errors: those of locate_model.
Result<ModelFiles> locate_column(const CompareColumn& column);

/// A folder for files that nobody needs afterwards, made when it is first asked for.
class ScratchFolder {
 public:
  /// In `parent`; empty: where the system keeps temporary files.
  explicit ScratchFolder(std::filesystem::path parent) : parent_(std::move(parent)) {}

  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  /// Removes it with all that is in it.
  ~ScratchFolder();

  /// Errors: kIo.
  Result<std::filesystem::path> path();

 private:
  std::filesystem::path parent_;
  std::filesystem::path path_;
};

/// As locate_column, then converts the language model into `scratch` where the column names a type.
/// `progress` hears the fraction converted. Errors: those of both.
Result<ModelFiles> prepare_column(const CompareColumn& column, ScratchFolder& scratch,
                                  const std::stop_token& stop,
                                  FunctionRef<void(double fraction)> progress);

}  // namespace galago
