// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models verify: whether an installed model is whole.
#include "transfer/verifier.h"

#include <cstdio>
#include <memory>
#include <string>

#include "base/size_text.h"
#include "cli/interrupt.h"
#include "cli/models/model_output.h"
#include "cli/models/models_command.h"
#include "cli/progress_line.h"
#include "cli/table.h"

namespace galago::cli {
namespace {

struct VerifyOptions {
  std::string name;
  bool json = false;
};

void print_table(const VerifyReport& report) {
  std::vector<TableRow> rows = {{"FILE", "SIZE", "STATE"}};
  for (const VerifiedFile& file : report.files)
    rows.push_back({printable(file.file.name), size_text(file.file.size.value_or(0)),
                    std::string(state_name(file.state))});
  std::fputs(table_text(rows).c_str(), stdout);
  if (report.has_first_seen() && report.is_whole())
    std::printf("\nNobody stated what the files seen first have to be: they are taken on trust%s\n",
                report.wrote_manifest ? ", and held to what they are now from here on." : ".");
}

void print_report(const InstalledModel& model, const VerifyReport& report) {
  nlohmann::json files = nlohmann::json::array();
  for (const VerifiedFile& file : report.files)
    files.push_back({{"name", file.file.name},
                     {"role", role_name(file.file.role)},
                     {"size", file.file.size.value_or(0)},
                     {"sha256", known(file.file.sha256)},
                     {"state", state_name(file.state)}});
  print_json({{"id", model.id},
              {"whole", report.is_whole()},
              {"first_seen", report.has_first_seen()},
              {"files", std::move(files)}});
}

Status verify(const VerifyOptions& options) {
  const Interrupt interrupt;
  GALAGO_TRY(const InstalledModel model, find_installed_model(options.name));
  ProgressLine line("verifying", !options.json);
  GALAGO_TRY(
      const VerifyReport report,
      verify_model(model, interrupt.token(), in_shares([&](double share) { line.show(share); })));
  line.end();
  if (options.json)
    print_report(model, report);
  else
    print_table(report);
  if (report.is_whole()) return {};
  std::string bad;
  for (const VerifiedFile& file : report.files)
    if (!is_good(file.state))
      bad += (bad.empty() ? "" : ", ") + file.file.name + " (" +
             std::string(state_name(file.state)) + ")";
  return Error{Errc::kHash, "the model is not whole: " + bad, {}};
}

}  // namespace

void add_models_verify_command(CLI::App& models, Status& result) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = models.add_subcommand(
      "verify", "Compare an installed model's files with their SHA-256 hashes");
  command->add_option("name", options->name, "An installed model")->required();
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options, &result] { result = verify(*options); });
}

}  // namespace galago::cli
