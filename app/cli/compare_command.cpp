// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli compare: models side by side on the same questions, with figures and agreement.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include "base/atomic_file.h"
#include "cli/command.h"
#include "cli/compare_table.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/progress_line.h"
#include "compare/comparison.h"
#include "gguf/printable.h"

namespace galago::cli {
namespace {

struct CompareCommand {
  std::string path;
  std::vector<std::string> models;
  std::string device;
  int threads = 0;
  int max_tokens = 0;
  bool at_once = false;
  bool ignore_memory = false;
  std::string json;
  std::string csv;
  std::string markdown;
};

/// A file that is told to be unwritable before the comparison, not after it.
class Export {
 public:
  Status open(const std::string& path) {
    if (path.empty()) return {};
    GALAGO_TRY(AtomicFile file, AtomicFile::create(path));
    file_.emplace(std::move(file));
    return {};
  }

  Status write(const std::string& text) {
    if (!file_) return {};
    GALAGO_TRY(file_->write(std::as_bytes(std::span(text))));
    return file_->finish();
  }

  bool is_wanted() const { return file_.has_value(); }

 private:
  std::optional<AtomicFile> file_;
};

class Progress {
 public:
  explicit Progress(const CompareScript& script) : script_(script) {}

  void hear(const CompareEvent& event) {
    if (const auto* preparing = std::get_if<ColumnPreparing>(&event)) {
      const bool converts = preparing->step == ColumnPreparing::Step::kConvert;
      show(name(preparing->column) + (converts ? ": converting" : ": loading"),
           preparing->fraction);
    } else if (const auto* answering = std::get_if<AnswerEvent>(&event)) {
      if (std::holds_alternative<StageStarted>(answering->event)) show_share(answering->column);
    } else if (const auto* done = std::get_if<AnswerDone>(&event)) {
      ++done_;
      show_share(done->column);
    }
  }

 private:
  std::string name(std::size_t column) const { return printable(script_.columns[column].name); }

  void show_share(std::size_t column) {
    const std::size_t all = script_.columns.size() * script_.cases.size();
    const std::string& what = script_.order == CompareOrder::kAtOnce ? "all" : name(column);
    show(what + ": answer " + std::to_string(std::min(done_ + 1, all)) + " of " +
             std::to_string(all) + ",",
         static_cast<double>(done_) / static_cast<double>(all));
  }

  void show(const std::string& what, double fraction) {
    if (what != what_) line_.emplace(what, true);
    what_ = what;
    line_->show(fraction);
  }

  const CompareScript& script_;
  std::optional<ProgressLine> line_;
  std::string what_;
  std::size_t done_ = 0;
};

Result<CompareScript> read_script(const CompareCommand& command) {
  GALAGO_TRY(CompareScript script, read_compare_script(command.path));
  const bool has_columns = !script.columns.empty();
  if (has_columns && !(command.models.empty() && command.device.empty()))
    return Error{Errc::kInvalidArgument,
                 "the script names its models and devices; -m and --device are for folders of "
                 "pictures",
                 {command.path}};
  std::vector<std::string> models = command.models;
  if (models.empty()) models.emplace_back();
  for (std::size_t i = 0; i < models.size() && !has_columns; ++i) {
    CompareColumn column;
    column.model = models[i];
    column.name = default_column_name(column);
    if (!command.device.empty()) column.device = command.device;
    for (const CompareColumn& other : script.columns)
      if (other.name == column.name) column.name = models[i];
    script.columns.push_back(std::move(column));
  }
  for (CompareColumn& column : script.columns) {
    if (command.threads > 0) column.threads = command.threads;
    if (command.max_tokens > 0) column.params.max_tokens = command.max_tokens;
  }
  if (command.at_once) script.order = CompareOrder::kAtOnce;
  return script;
}

/// An answer that is not as it should be, or not there, is a failure of the program.
Status verdict(const CompareReport& report) {
  const std::size_t all = report.script.columns.size() * report.script.cases.size();
  if (report.is_stopped)
    return Error{Errc::kCancelled,
                 "stopped after " + std::to_string(report.answers_there()) + " of " +
                     std::to_string(all) + " answers",
                 {}};
  const std::vector<std::string> failures = report.failures();
  if (failures.empty()) return {};
  std::string sentence = printable(failures.front(), 1000);
  if (failures.size() > 1) sentence += " (and " + std::to_string(failures.size() - 1) + " more)";
  return Error{Errc::kFormat, "not as expected: " + sentence, {}};
}

Status compare(const CompareCommand& command) {
  Interrupt interrupt;
  GALAGO_TRY(const CompareScript script, read_script(command));
  Export json;
  Export csv;
  Export markdown;
  GALAGO_TRY(json.open(command.json));
  GALAGO_TRY(csv.open(command.csv));
  GALAGO_TRY(markdown.open(command.markdown));
  CompareOptions options;
  options.checks_memory = !command.ignore_memory;
  std::optional<CompareReport> report;
  {
    Progress progress(script);
    const auto listen = [&](const CompareEvent& event) { progress.hear(event); };
    GALAGO_TRY(report, run_comparison(script, options, interrupt.token(), listen));
  }
  std::fputs(compare_text(*report).c_str(), stdout);
  if (json.is_wanted()) {
    GALAGO_TRY(json.write(compare_json(*report)));
  }
  if (csv.is_wanted()) {
    GALAGO_TRY(csv.write(compare_csv(*report)));
  }
  if (markdown.is_wanted()) {
    GALAGO_TRY(markdown.write(compare_markdown(*report)));
  }
  return verdict(*report);
}

}  // namespace

void add_compare_command(CLI::App& app, Status& result) {
  auto options = std::make_shared<CompareCommand>();
  CLI::App* command = app.add_subcommand(
      "compare", "Ask models the same questions, side by side; fails where a script expects else");
  command
      ->add_option("script", options->path,
                   "A script (JSON, see docs/compare.md), or a folder of pictures with prompts in "
                   "NAME.txt or prompt.txt")
      ->required();
  command
      ->add_option("-m,--model", options->models,
                   "For a folder of pictures: a model to compare; may be repeated (default: the "
                   "demonstration model)")
      ->allow_extra_args(false);
  command->add_option("--device", options->device, "For a folder of pictures: where to compute")
      ->check(device_option_error);
  command
      ->add_option("--threads", options->threads, "Threads of each model, whatever the script says")
      ->check(CLI::Range(1, 1024));
  command
      ->add_option("-n,--max-tokens", options->max_tokens,
                   "Longest answer in tokens, where the case does not say")
      ->check(CLI::Range(1, 1 << 20));
  command->add_flag("--at-once", options->at_once,
                    "All models together; times are not comparable then");
  command->add_flag("--ignore-memory", options->ignore_memory,
                    "Load models though there seems to be too little memory for them");
  command->add_option("--json", options->json, "Write everything to this file");
  command->add_option("--csv", options->csv, "Write a line for each answer to this file");
  command->add_option("--markdown", options->markdown, "Write tables for people to this file");
  command->callback([options, &result] { result = compare(*options); });
}

}  // namespace galago::cli
