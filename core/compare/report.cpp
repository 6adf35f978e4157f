// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "compare/report.h"

#include <algorithm>

namespace galago {
namespace {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

double CompareAnswer::end_to_end_tps() const {
  const double ms = stats.ttft_ms + stats.decode_ms;
  return ms > 0 ? stats.answer_tokens * 1e3 / ms : 0;
}

std::vector<std::string> CompareReport::failures() const {
  std::vector<std::string> sentences;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::string column = "column '" + script.columns[c].name + "'";
    if (columns[c].error) sentences.push_back(column + ": " + columns[c].error->message());
    for (std::size_t i = 0; i < columns[c].answers.size(); ++i) {
      const CompareAnswer& answer = columns[c].answers[i];
      const CompareCase& item = script.cases[i];
      const std::string place =
          item.place == item.name ? item.name : item.place + " (" + item.name + ")";
      if (answer.error) sentences.push_back(place + ", " + column + ": " + answer.error->message());
      for (const std::string& failure : answer.failures)
        sentences.push_back(place + ", " + column + ": " + failure);
    }
  }
  return sentences;
}

int CompareReport::answers_there() const {
  int count = 0;
  for (const CompareColumnReport& column : columns)
    for (const CompareAnswer& answer : column.answers) count += answer.is_there ? 1 : 0;
  return count;
}

ColumnSummary summarise(const CompareColumnReport& column) {
  ColumnSummary summary;
  std::vector<double> encode;
  std::vector<double> ttft;
  std::vector<double> prefill;
  std::vector<double> decode;
  double kl = 0;
  int kl_tokens = 0;
  for (const CompareAnswer& answer : column.answers) {
    if (answer.error || column.error || !answer.failures.empty()) ++summary.failed;
    if (!answer.is_there) continue;
    ++summary.answers;
    const GenerationStats& stats = answer.stats;
    summary.tokens += stats.answer_tokens;
    summary.peak_bytes = std::max(summary.peak_bytes, answer.peak_bytes.value_or(0));
    if (stats.pictures_encoded > 0) encode.push_back(stats.image_encode_ms);
    if (stats.ttft_ms > 0) ttft.push_back(stats.ttft_ms);
    if (stats.prefill_tps() > 0) prefill.push_back(stats.prefill_tps());
    if (stats.decode_tps() > 0) decode.push_back(stats.decode_tps());
    if (!answer.agreement) continue;
    ++summary.compared;
    summary.same_text += answer.agreement->is_same_text ? 1 : 0;
    summary.word_overlap += answer.agreement->word_overlap;
    kl += answer.agreement->mean_kl.value_or(0) * answer.agreement->kl_tokens;
    kl_tokens += answer.agreement->kl_tokens;
  }
  summary.encode_ms = median(std::move(encode));
  summary.ttft_ms = median(std::move(ttft));
  summary.prefill_tps = median(std::move(prefill));
  summary.decode_tps = median(std::move(decode));
  if (summary.compared > 0) summary.word_overlap /= summary.compared;
  if (kl_tokens > 0) summary.mean_kl = kl / kl_tokens;
  return summary;
}

}  // namespace galago
