// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models export: a model as a pack, or several with settings and samples as a bundle.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/size_text.h"
#include "cli/interrupt.h"
#include "cli/models/model_output.h"
#include "cli/models/models_command.h"
#include "cli/progress_line.h"
#include "library/data_folder.h"
#include "library/user_folders.h"
#include "transfer/pack.h"
#include "transfer/portable_settings.h"

namespace galago::cli {
namespace {

namespace fs = std::filesystem;

struct ExportOptions {
  std::vector<std::string> what;  ///< names, then the file
  bool settings = false;
  bool samples = false;
  bool json = false;

  bool is_bundle() const { return what.size() > 2 || settings || samples; }
};

Status export_models(const ExportOptions& options) {
  const Interrupt interrupt;
  const fs::path target = options.what.back();
  if (target.extension() != ".galago")
    return Error{
        Errc::kInvalidArgument, "the file's name has to end in .galago", {target.string()}};
  BundleContent content;
  for (std::size_t i = 0; i + 1 < options.what.size(); ++i) {
    GALAGO_TRY(InstalledModel model, find_installed_model(options.what[i]));
    content.models.push_back(std::move(model));
  }
  ProgressLine line("exporting", !options.json);
  const TransferProgress progress = in_shares([&](double share) { line.show(share); });
  if (!options.is_bundle()) {
    GALAGO_TRY(export_pack(content.models.front(), target, interrupt.token(), progress));
  } else {
    PortableSettings settings;
    if (options.settings) {
      GALAGO_TRY(settings, PortableSettings::of(user_config_folder() / "galago.conf"));
      content.settings = settings.path();
    }
    if (options.samples) content.samples = samples_folder();
    GALAGO_TRY(export_bundle(content, target, interrupt.token(), progress));
  }
  line.end();
  if (options.json) {
    nlohmann::json models = nlohmann::json::array();
    for (const InstalledModel& model : content.models) models.push_back(model.id);
    print_json({{"file", target.string()},
                {"size", fs::file_size(target)},
                {"bundle", options.is_bundle()},
                {"models", std::move(models)}});
  } else {
    std::printf("%s, %s\n", target.c_str(), size_text(fs::file_size(target)).c_str());
  }
  return {};
}

}  // namespace

void add_models_export_command(CLI::App& models, Status& result) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command = models.add_subcommand(
      "export", "Write an installed model to a pack (NAME FILE.galago), or several to a bundle");
  command->add_option("what", options->what, "Names of installed models, then FILE.galago")
      ->required()
      ->expected(2, 1000);
  command->add_flag("--settings", options->settings, "A bundle with the application's settings");
  command->add_flag("--samples", options->samples, "A bundle with the sample pictures");
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options, &result] { result = export_models(*options); });
}

}  // namespace galago::cli
