// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models import: a pair of GGUF files, an original checkpoint, a pack or a bundle, into
// the library.
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/interrupt.h"
#include "cli/models/model_output.h"
#include "cli/models/models_command.h"
#include "cli/progress_line.h"
#include "intake/import_checkpoint.h"
#include "library/import_pair.h"
#include "library/library_folder.h"
#include "library/model_locator.h"
#include "library/safe_name.h"
#include "library/user_folders.h"
#ifdef GALAGO_PACKS
#include "transfer/pack.h"
#endif
#ifdef GALAGO_TRANSFER
#include "transfer/verifier.h"
#endif

namespace galago::cli {
namespace {

namespace fs = std::filesystem;

struct ImportOptions {
  std::string path;
  std::string mmproj;
  std::string name;
  std::string to = "f16";
  std::string base;
  std::string tower;
  bool replace = false;
  bool settings = false;
  bool json = false;

  IfInstalled if_installed() const {
    return replace ? IfInstalled::kReplace : IfInstalled::kRefuse;
  }
};

/// What has come, for both kinds.
struct Imported {
  std::vector<std::string> models;
  bool has_settings = false;  // left out so far
};

Result<fs::path> library() {
  fs::path folder = library_folder();
  if (folder.empty()) return Error{Errc::kIo, "there is no folder for models (HOME is unset)", {}};
  return folder;
}

#ifdef GALAGO_PACKS
Result<Imported> import_from_pack(const ImportOptions& options, const std::stop_token& stop) {
  PackImport import;
  GALAGO_TRY(import.library, library());
  import.if_installed = options.if_installed();
  if (options.settings) import.settings = user_config_folder() / "galago.conf";
  const fs::path data = user_data_folder();
  if (!data.empty()) import.samples = data / "samples";
  ProgressLine line("importing", !options.json);
  GALAGO_TRY(
      const PackResult result,
      import_pack(options.path, import, stop, in_shares([&](double share) { line.show(share); })));
  return Imported{result.models, result.has_settings && !options.settings};
}
#else
Result<Imported> import_from_pack(const ImportOptions& options, const std::stop_token&) {
  return Error{Errc::kUnsupported, "this galago-cli was built without packs", {options.path}};
}
#endif

Status record_hashes([[maybe_unused]] const InstalledModel& model,
                     [[maybe_unused]] const std::stop_token& stop) {
#ifdef GALAGO_TRANSFER
  GALAGO_TRY(const VerifyReport report, verify_model(model, stop));
  if (!report.is_whole())
    return Error{Errc::kHash,
                 "the model is not what its manifest says; `models verify` tells more",
                 {model.id}};
#endif
  return {};
}

/// A checkpoint is converted, a pair is copied.
Result<InstalledModel> import_model_files(const ImportOptions& options, const PairImport& import,
                                          const std::stop_token& stop,
                                          const std::function<void(double)>& progress) {
  if (is_huggingface_folder(options.path))
    return import_checkpoint({options.path, options.base, options.tower},
                             mix_from_name(options.to).value_or(Mix::kF16), import, stop, progress);
  GALAGO_TRY(const ModelFiles files, locate_model(options.path, options.mmproj));
  return import_pair(files, import, stop, progress);
}

Result<Imported> import_files(const ImportOptions& options, const std::stop_token& stop) {
  std::error_code error;
  if (!fs::exists(options.path, error))
    return Error{Errc::kIo, "there is no such file", {options.path}};
  PairImport import;
  GALAGO_TRY(import.library, library());
  import.if_installed = options.if_installed();
  if (!options.name.empty()) {
    const std::size_t slash = options.name.find('/');
    import.publisher = slash == std::string::npos ? "local" : options.name.substr(0, slash);
    import.model = slash == std::string::npos ? options.name : options.name.substr(slash + 1);
  }
  ProgressLine line("importing", !options.json);
  GALAGO_TRY(const InstalledModel model,
             import_model_files(options, import, stop, [&](double done) { line.show(done); }));
  line.end();
  GALAGO_TRY(record_hashes(model, stop));
  return Imported{{model.id}, false};
}

Status import_model(const ImportOptions& options) {
  const Interrupt interrupt;
  const bool is_pack = ascii_lower(fs::path(options.path).extension().string()) == ".galago";
  GALAGO_TRY(const Imported imported, is_pack ? import_from_pack(options, interrupt.token())
                                              : import_files(options, interrupt.token()));
  if (options.json) {
    print_json({{"models", imported.models}, {"settings_left_out", imported.has_settings}});
    return {};
  }
  for (const std::string& model : imported.models) std::printf("%s\n", model.c_str());
  if (imported.has_settings)
    std::fprintf(stderr, "[the bundle's settings were left out; --settings takes them]\n");
  return {};
}

}  // namespace

void add_models_import_command(CLI::App& models, Status& result) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = models.add_subcommand(
      "import",
      "Bring a pair of GGUF files, an original checkpoint, a pack or a bundle into the library");
  command
      ->add_option("path", options->path,
                   "A GGUF file, the folder of a pair or of a checkpoint, or a .galago file")
      ->required();
  command->add_option("--mmproj", options->mmproj,
                      "The projector, where it is not beside the model");
  command->add_option("--name", options->name, "Name in the library: PUBLISHER/MODEL");
  command->add_option("--to", options->to, "Type that a checkpoint is converted to, as for convert")
      ->check([](const std::string& name) {
        return mix_from_name(name) ? std::string() : "there is no type '" + name + "'";
      })
      ->capture_default_str();
  command->add_option("--base", options->base, "The folder of a LoRA checkpoint's base model");
  command->add_option("--tower", options->tower, "The folder of a checkpoint's CLIP tower");
  command->add_flag("--replace", options->replace, "Take the place of a model of that name");
  command->add_flag("--settings", options->settings,
                    "Take a bundle's settings in place of one's own");
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options, &result] { result = import_model(*options); });
}

}  // namespace galago::cli
