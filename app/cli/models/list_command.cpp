// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models list: what is installed, and what is there but cannot be used.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/size_text.h"
#include "cli/models/model_output.h"
#include "cli/models/models_command.h"
#include "cli/table.h"

namespace galago::cli {
namespace {

/// "21.4 tokens/s"; "-": it has not given an answer that was long enough yet
std::string rate_text(const std::vector<MeasuredRate>& rates) {
  if (rates.empty()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f tokens/s", rates.front().tokens_per_second);
  return text;
}

void print_lists(const ModelLibrary& library) {
  if (library.models.empty())
    std::printf("No models are installed. `galago-cli models available` lists some.\n");
  std::vector<TableRow> rows = {{"NAME", "SIZE", "QUANTISATION", "MEMORY", "SPEED", "ORIGIN"}};
  const MeasuredRates rates = MeasuredRates::load();
  for (const InstalledModel& model : library.models)
    rows.push_back({printable(model.id), size_text(model.size_bytes()), model.quantisation(),
                    memory_text(memory_need(model.facts)),
                    rate_text(rates.of(model.files.language_model)),
                    std::string(origin_name(model.root.origin))});
  if (rows.size() > 1) std::fputs(table_text(rows).c_str(), stdout);
  if (library.problems.empty()) return;
  std::printf("\nNot usable:\n");
  for (const Error& problem : library.problems) std::printf("  %s\n", problem.message().c_str());
}

Status list(bool json) {
  const ModelLibrary library = scan_library();
  if (!json) {
    print_lists(library);
    return {};
  }
  nlohmann::json models = nlohmann::json::array();
  const MeasuredRates rates = MeasuredRates::load();
  for (const InstalledModel& model : library.models)
    models.push_back(to_json(model, rates.of(model.files.language_model)));
  nlohmann::json problems = nlohmann::json::array();
  for (const Error& problem : library.problems) problems.push_back(problem.message());
  print_json({{"models", std::move(models)}, {"problems", std::move(problems)}});
  return {};
}

}  // namespace

void add_models_list_command(CLI::App& models, Status& result) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = models.add_subcommand(
      "list", "List the installed models, those in other programs' caches too");
  command->add_flag("--json", *json, "Print one JSON object");
  command->callback([json, &result] { result = list(*json); });
}

}  // namespace galago::cli
