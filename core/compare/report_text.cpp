// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Reports as JSON, CSV and Markdown.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "compare/report.h"
#include "library/json_reader.h"

namespace galago {
namespace {

using nlohmann::json;

std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

/// Empty where there is nothing to say, in tables.
std::string figure(double value, int digits) { return value > 0 ? fixed(value, digits) : ""; }

template <class T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json();
}

json to_json(const Agreement& agreement) {
  return {{"same_text", agreement.is_same_text},
          {"first_differing_token", or_null(agreement.first_difference)},
          {"word_overlap_f1", agreement.word_overlap},
          {"mean_kl_nats", or_null(agreement.mean_kl)},
          {"kl_tokens", agreement.kl_tokens}};
}

json to_json(const CompareAnswer& answer) {
  if (!answer.is_there)
    return {{"error", answer.error ? json(answer.error->message()) : json("not asked")}};
  const GenerationStats& stats = answer.stats;
  json value = {{"text", answer.text},
                {"stop_reason", stop_reason_name(answer.reason)},
                {"seed", answer.seed},
                {"encode_ms", stats.image_encode_ms},
                {"ttft_ms", stats.ttft_ms},
                {"prefill_tokens", stats.prefill_tokens},
                {"prefill_tps", stats.prefill_tps()},
                {"decode_tokens", stats.decode_tokens},
                {"decode_tps", stats.decode_tps()},
                {"end_to_end_tps", answer.end_to_end_tps()},
                {"tokens", stats.answer_tokens},
                {"peak_memory_bytes", or_null(answer.peak_bytes)},
                {"failures", answer.failures}};
  if (answer.agreement) value["agreement_with_first"] = to_json(*answer.agreement);
  return value;
}

json summary_json(const CompareColumnReport& column) {
  const ColumnSummary summary = summarise(column);
  return {{"answers", summary.answers},
          {"failed", summary.failed},
          {"median_encode_ms", summary.encode_ms},
          {"median_ttft_ms", summary.ttft_ms},
          {"median_prefill_tps", summary.prefill_tps},
          {"median_decode_tps", summary.decode_tps},
          {"peak_memory_bytes", summary.peak_bytes},
          {"tokens", summary.tokens},
          {"compared", summary.compared},
          {"same_text", summary.same_text},
          {"mean_word_overlap_f1", summary.word_overlap},
          {"mean_kl_nats", or_null(summary.mean_kl)}};
}

json column_json(const CompareColumn& column, const CompareColumnReport& report) {
  const SamplingParams& sampling = column.params.sampling;
  json value = {{"name", column.name},
                {"quantise", column.quantise},
                {"temperature", sampling.temperature},
                {"top_k", sampling.top_k},
                {"top_p", sampling.top_p},
                {"min_p", sampling.min_p},
                {"repeat_penalty", sampling.repeat_penalty},
                {"max_tokens", column.params.max_tokens},
                {"summary", summary_json(report)}};
  if (report.error) value["error"] = report.error->message();
  if (!report.facts) return value;
  const ColumnFacts& facts = *report.facts;
  value.update({{"model", facts.model},
                {"quantisation", facts.quantisation},
                {"projector", facts.projector},
                {"device", facts.device},
                {"device_name", facts.device_name},
                {"threads", facts.threads},
                {"context_size", facts.context_size},
                {"parameter_count", facts.parameter_count},
                {"file_bytes", facts.file_bytes},
                {"load_ms", facts.load_ms}});
  return value;
}

/// RFC 4180: always in quotes, which are doubled.
std::string csv_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

/// In a cell of a table: one line, and no mark-up of its own.
std::string cell(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      safe += ' ';
    } else {
      if (std::string_view("|\\`*_<>[]").find(c) != std::string_view::npos) safe += '\\';
      safe += c;
    }
  }
  return safe;
}

std::string pictures_of(const CompareCase& item) {
  std::string names;
  for (const auto& file : item.picture_files)
    names += (names.empty() ? "" : " ") + file.filename().string();
  return names;
}

std::string megabytes(std::uint64_t bytes) { return figure(static_cast<double>(bytes) / 1e6, 0); }

std::string agreement_cells(const std::optional<Agreement>& agreement) {
  if (!agreement) return " | ";
  std::string words = agreement->is_same_text ? "same text" : "";
  if (!agreement->is_same_text) {
    words = "words " + fixed(100 * agreement->word_overlap, 0) + " %";
    if (agreement->first_difference.value_or(-1) >= 0)
      words += ", differs from token " + std::to_string(*agreement->first_difference);
  }
  return words + " | " + (agreement->mean_kl ? fixed(*agreement->mean_kl, 4) : "");
}

}  // namespace

std::string compare_json(const CompareReport& report) {
  const bool at_once = report.script.order == CompareOrder::kAtOnce;
  json root = {{"format", 1},
               {"title", report.script.title},
               {"order", at_once ? "at_once" : "one_after_the_other"},
               {"stopped", report.is_stopped},
               {"failures", report.failures()}};
  for (std::size_t c = 0; c < report.columns.size(); ++c)
    root["columns"].push_back(column_json(report.script.columns[c], report.columns[c]));
  for (std::size_t i = 0; i < report.script.cases.size(); ++i) {
    const CompareCase& item = report.script.cases[i];
    json value = {{"name", item.name}, {"pictures", json::array()}, {"prompt", item.prompt}};
    for (const auto& file : item.picture_files) value["pictures"].push_back(file.string());
    for (const CompareColumnReport& column : report.columns)
      value["answers"].push_back(to_json(column.answers[i]));
    root["cases"].push_back(std::move(value));
  }
  return json_file_text(root);
}

std::string compare_csv(const CompareReport& report) {
  std::string text =
      "case,picture,prompt,column,quantisation,device,seed,encode_ms,ttft_ms,prefill_tps,"
      "decode_tps,end_to_end_tps,tokens,peak_memory_bytes,same_text,first_differing_token,"
      "word_overlap_f1,mean_kl_nats,failures,answer\r\n";
  for (std::size_t i = 0; i < report.script.cases.size(); ++i) {
    for (std::size_t c = 0; c < report.columns.size(); ++c) {
      const CompareCase& item = report.script.cases[i];
      const CompareColumnReport& column = report.columns[c];
      const CompareAnswer& answer = column.answers[i];
      const GenerationStats& stats = answer.stats;
      const auto& agreement = answer.agreement;
      std::string failures = answer.error ? answer.error->message() : "";
      for (const std::string& failure : answer.failures)
        failures += (failures.empty() ? "" : "; ") + failure;
      for (const std::string& field :
           {csv_text(item.name), csv_text(pictures_of(item)), csv_text(item.prompt),
            csv_text(report.script.columns[c].name),
            csv_text(column.facts ? column.facts->quantisation : ""),
            csv_text(column.facts ? column.facts->device : ""), std::to_string(answer.seed),
            figure(stats.image_encode_ms, 3), figure(stats.ttft_ms, 3),
            figure(stats.prefill_tps(), 3), figure(stats.decode_tps(), 3),
            figure(answer.end_to_end_tps(), 3), std::to_string(stats.answer_tokens),
            answer.peak_bytes ? std::to_string(*answer.peak_bytes) : "",
            std::string(!agreement                ? ""
                        : agreement->is_same_text ? "yes"
                                                  : "no"),
            agreement && agreement->first_difference ? std::to_string(*agreement->first_difference)
                                                     : std::string(),
            agreement ? fixed(agreement->word_overlap, 4) : std::string(),
            agreement && agreement->mean_kl ? fixed(*agreement->mean_kl, 6) : std::string(),
            csv_text(failures)})
        text += field + ",";
      text += csv_text(answer.text) + "\r\n";
    }
  }
  return text;
}

std::string compare_markdown(const CompareReport& report) {
  std::string text = "# " + cell(report.script.title) + "\n\n";
  if (report.script.order == CompareOrder::kAtOnce)
    text += "All columns ran at once and shared the machine: their times are not comparable.\n\n";
  text +=
      "| | picture, ms | first token, ms | prompt, tokens/s | answer, tokens/s | memory, MB | "
      "tokens | same text | word overlap | mean KL, nats |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n";
  for (std::size_t c = 0; c < report.columns.size(); ++c) {
    const ColumnSummary s = summarise(report.columns[c]);
    text += "| " + cell(report.script.columns[c].name) + " | " + figure(s.encode_ms, 1) + " | " +
            figure(s.ttft_ms, 1) + " | " + figure(s.prefill_tps, 1) + " | " +
            figure(s.decode_tps, 1) + " | " + megabytes(s.peak_bytes) + " | " +
            std::to_string(s.tokens) + " | ";
    if (s.compared > 0)
      text += std::to_string(s.same_text) + " of " + std::to_string(s.compared) + " | " +
              fixed(100 * s.word_overlap, 0) + " %";
    else
      text += " | ";
    text += " | " + (s.mean_kl ? fixed(*s.mean_kl, 4) : "") + " |\n";
  }
  text += "\nTimes and rates are medians over the cases, memory the most, agreement with " +
          cell(report.script.columns[0].name) + ".\n";
  for (std::size_t i = 0; i < report.script.cases.size(); ++i) {
    const CompareCase& item = report.script.cases[i];
    text += "\n## " + cell(item.name) + "\n\n" + cell(item.prompt);
    if (!item.picture_files.empty()) text += " (" + cell(pictures_of(item)) + ")";
    text += "\n\n| | answer | agreement | KL |\n|---|---|---|---|\n";
    for (std::size_t c = 0; c < report.columns.size(); ++c) {
      const CompareAnswer& answer = report.columns[c].answers[i];
      const std::string said = answer.error ? answer.error->message() : answer.text;
      text += "| " + cell(report.script.columns[c].name) + " | " + cell(said) + " | " +
              agreement_cells(answer.agreement) + " |\n";
    }
  }
  const auto failures = report.failures();
  if (!failures.empty()) text += "\n## Not as expected\n\n";
  for (const std::string& failure : failures) text += "- " + cell(failure) + "\n";
  if (report.is_stopped) text += "\nStopped before the end.\n";
  return text;
}

}  // namespace galago
