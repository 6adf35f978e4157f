// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/compare_table.h"

#include <cstdio>

#include "cli/table.h"
#include "gguf/printable.h"

namespace galago::cli {
namespace {

constexpr std::size_t kLongestAnswer = 2000;  // characters

std::string figure(double value, int digits, const char* unit) {
  if (value <= 0) return "-";
  char text[64];
  std::snprintf(text, sizeof text, "%.*f%s", digits, value, unit);
  return text;
}

std::string summary_table(const CompareReport& report) {
  std::vector<TableRow> rows = {{"", "picture", "first token", "prompt", "answer", "memory",
                                 "tokens", "same text", "words", "mean KL"}};
  for (std::size_t c = 0; c < report.columns.size(); ++c) {
    const ColumnSummary s = summarise(report.columns[c]);
    TableRow row = {printable(report.script.columns[c].name),
                    figure(s.encode_ms, 1, " ms"),
                    figure(s.ttft_ms, 1, " ms"),
                    figure(s.prefill_tps, 1, " t/s"),
                    figure(s.decode_tps, 1, " t/s"),
                    figure(static_cast<double>(s.peak_bytes) / 1e6, 0, " MB"),
                    std::to_string(s.tokens)};
    if (s.compared > 0) {
      row.push_back(std::to_string(s.same_text) + " of " + std::to_string(s.compared));
      row.push_back(figure(100 * s.word_overlap, 0, " %"));
      if (s.mean_kl) row.push_back(figure(*s.mean_kl + 1e-12, 4, ""));
    }
    rows.push_back(std::move(row));
  }
  return table_text(rows);
}

std::string agreement_note(const CompareAnswer& answer) {
  if (!answer.agreement) return {};
  if (answer.agreement->is_same_text) return "  [the same]";
  std::string note = "  [words " + figure(100 * answer.agreement->word_overlap + 1e-9, 0, " %");
  if (answer.agreement->first_difference.value_or(-1) >= 0)
    note += ", differs from token " + std::to_string(*answer.agreement->first_difference);
  return note + "]";
}

}  // namespace

std::string compare_text(const CompareReport& report) {
  std::string text = printable(report.script.title) + "\n\n" + summary_table(report);
  text += "\nTimes and rates are medians over the cases; agreement is with the first row.\n";
  if (report.script.order == CompareOrder::kAtOnce)
    text += "All ran at once and shared the machine: their times are not comparable.\n";
  for (std::size_t i = 0; i < report.script.cases.size(); ++i) {
    const CompareCase& item = report.script.cases[i];
    text += "\n" + printable(item.name) + ": " + printable(item.prompt) + "\n";
    std::vector<TableRow> rows;
    for (std::size_t c = 0; c < report.columns.size(); ++c) {
      const CompareAnswer& answer = report.columns[c].answers[i];
      if (!answer.is_there && !answer.error) continue;
      const std::string said = answer.error ? "(" + answer.error->message() + ")" : answer.text;
      rows.push_back({"  " + printable(report.script.columns[c].name),
                      printable(said, kLongestAnswer) + agreement_note(answer)});
    }
    text += table_text(rows);
  }
  const std::vector<std::string> failures = report.failures();
  if (!failures.empty()) text += "\nNot as expected:\n";
  for (const std::string& failure : failures)
    text += "  " + printable(failure, kLongestAnswer) + "\n";
  return text;
}

}  // namespace galago::cli
