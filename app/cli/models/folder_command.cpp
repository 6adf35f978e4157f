// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models folder: which folder models are put into, and another one.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "cli/interrupt.h"
#include "cli/models/model_output.h"
#include "cli/models/models_command.h"
#include "cli/progress_line.h"
#include "library/library_folder.h"
#include "library/move_library.h"

namespace galago::cli {
namespace {

namespace fs = std::filesystem;

struct FolderOptions {
  std::string path;
  bool reset = false;
  bool move = false;
  bool json = false;

  bool is_change() const { return reset || !path.empty(); }
};

Status change(const FolderOptions& options) {
  const char* fixed = std::getenv("GALAGO_MODELS");
  if (fixed != nullptr && *fixed != '\0')
    return Error{Errc::kInvalidArgument,
                 "GALAGO_MODELS names the folder, which counts more than this setting",
                 {}};
  std::error_code error;
  const fs::path from = library_folder();
  const fs::path to =
      options.reset ? usual_library_folder() : fs::absolute(options.path, error).lexically_normal();
  if (from == to) return {};
  GALAGO_TRY(check_library_folder(to));
  if (!options.move) return set_library_folder(to);
  const Interrupt interrupt;
  ProgressLine line("moving", !options.json);
  GALAGO_TRY(move_library(from, to, interrupt.token(), [&](double share) { line.show(share); }));
  line.end();
  return {};
}

Status folder(const FolderOptions& options) {
  const fs::path before = library_folder();
  if (options.is_change()) {
    GALAGO_TRY(change(options));
  }
  const LibraryFolders folders = chosen_library_folders();
  if (options.json) {
    nlohmann::json others = nlohmann::json::array();
    for (const fs::path& other : folders.others) others.push_back(other.string());
    print_json({{"folder", library_folder().string()}, {"others", std::move(others)}});
    return {};
  }
  std::printf("%s\n", library_folder().c_str());
  const bool has_stayed = before != library_folder() && library_content(before).models > 0;
  if (has_stayed)
    std::fprintf(stderr, "[the models in %s stay there and can still be used; --move moves them]\n",
                 before.c_str());
  return {};
}

}  // namespace

void add_models_folder_command(CLI::App& models, Status& result) {
  auto options = std::make_shared<FolderOptions>();
  CLI::App* command =
      models.add_subcommand("folder", "Print the folder that models are put into, or set another");
  auto* path = command->add_option("path", options->path, "The folder from now on");
  command->add_flag("--reset", options->reset, "The usual folder again")->excludes(path);
  command->add_flag("--move", options->move, "Move the models of the old folder there");
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options, &result] { result = folder(*options); });
}

}  // namespace galago::cli
