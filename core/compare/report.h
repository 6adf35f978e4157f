// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a comparison found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "compare/script.h"

namespace galago {

/// How two answers agree, the other one being the first column's.
struct Agreement {
  bool is_same_text = false;
  /// Index of the first token that differs, or that only one of them has; -1: none. Nothing: the
  /// vocabularies differ.
  std::optional<int> first_difference;
  double word_overlap = 0;  ///< see word_overlap()
  /// Mean Kullback-Leibler divergence D(first ‖ this) of the distributions of the next token, in
  /// nats, along the first column's answer; where both are greedy and of one shape and vocabulary.
  std::optional<double> mean_kl;
  int kl_tokens = 0;  ///< that the mean is of
};

struct CompareAnswer {
  bool is_there = false;       ///< there is an answer, whole or cut by a stop
  std::optional<Error> error;  ///< why there is none
  std::string text;
  std::vector<TokenId> tokens;
  StopReason reason = StopReason::kCancelled;
  std::uint64_t seed = 0;
  GenerationStats stats;
  /// The most that the process held while it answered, the model's mapped file included. Nothing:
  /// not known, or other models were at work.
  std::optional<std::uint64_t> peak_bytes;
  std::optional<Agreement> agreement;  ///< not of the first column
  std::vector<std::string> failures;   ///< what the script expects and is not so

  /// Answer tokens over the time from the request to the last one.
  double end_to_end_tps() const;
};

/// Of a loaded model.
struct ColumnFacts {
  std::string model;
  std::string quantisation;
  std::string projector;
  std::string device;       ///< "cpu"
  std::string device_name;  ///< "AMD …"
  int threads = 0;
  int context_size = 0;
  std::uint64_t parameter_count = 0;
  std::uint64_t file_bytes = 0;
  std::uint64_t vocabulary = 0;  ///< equal where the same ids mean the same
  double load_ms = 0;
};

struct CompareColumnReport {
  std::optional<ColumnFacts> facts;    ///< nothing: it was not loaded
  std::optional<Error> error;          ///< why not
  std::vector<CompareAnswer> answers;  ///< one a case
};

struct CompareReport {
  CompareScript script;  ///< without pictures
  std::vector<CompareColumnReport> columns;
  bool is_stopped = false;

  /// Sentences: which case of which column is not as it should be, and why.
  std::vector<std::string> failures() const;
  int answers_there() const;
};

/// Medians and counts of one column over all cases.
struct ColumnSummary {
  int answers = 0;
  int failed = 0;  ///< without an answer, or not as expected
  double encode_ms = 0;
  double ttft_ms = 0;
  double prefill_tps = 0;
  double decode_tps = 0;
  std::uint64_t peak_bytes = 0;  ///< the most
  int tokens = 0;                ///< in all
  int compared = 0;              ///< answers with an agreement
  int same_text = 0;
  double word_overlap = 0;        ///< mean
  std::optional<double> mean_kl;  ///< over all tokens
};

ColumnSummary summarise(const CompareColumnReport& column);

/// For other programs; the first has everything.
std::string compare_json(const CompareReport& report);
std::string compare_csv(const CompareReport& report);
std::string compare_markdown(const CompareReport& report);

}  // namespace galago
