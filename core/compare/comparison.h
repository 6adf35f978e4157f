// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Runs a comparison and tells how far it is.
#pragma once

#include <filesystem>
#include <stop_token>
#include <variant>

#include "base/function_ref.h"
#include "compare/report.h"

namespace galago {

struct CompareOptions {
  bool checks_memory = true;      ///< refuse models that do not fit, before they are loaded
  std::filesystem::path scratch;  ///< for converted models; empty: the system's temporary folder
};

/// A column's model is being made ready.
struct ColumnPreparing {
  enum class Step { kConvert, kLoad };

  std::size_t column;
  Step step;
  double fraction;
};

struct ColumnLoaded {
  std::size_t column;
  ColumnFacts facts;
};

struct ColumnFailed {
  std::size_t column;
  Error error;
};

/// While an answer is made.
struct AnswerEvent {
  std::size_t column;
  std::size_t item;
  GenerationEvent event;
};

/// An answer is as it is, with its failures; its agreement may follow with the report.
struct AnswerDone {
  std::size_t column;
  std::size_t item;
  CompareAnswer answer;
};

using CompareEvent =
    std::variant<ColumnPreparing, ColumnLoaded, ColumnFailed, AnswerEvent, AnswerDone>;

/// Blocking; `sink` is called on this thread or, where columns run at once, on theirs, one at a
/// time. A model that cannot be loaded fails its answers, not the comparison; a stop ends it with
/// what there is. Errors: those of check_compare_script.
Result<CompareReport> run_comparison(const CompareScript& script, const CompareOptions& options,
                                     const std::stop_token& stop,
                                     FunctionRef<void(const CompareEvent&)> sink);

}  // namespace galago
