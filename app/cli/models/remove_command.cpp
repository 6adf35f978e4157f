// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models remove: out of the library, so that it can be undone for a week, or for good.
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

#include "base/size_text.h"
#include "cli/models/model_output.h"
#include "cli/models/models_command.h"
#include "library/library_folder.h"
#include "library/trash.h"

namespace galago::cli {
namespace {

constexpr std::int64_t kKeptSeconds = 7 * 24 * 3600;

struct RemoveOptions {
  std::string name;
  bool now = false;
  bool undo = false;
  bool json = false;
};

std::string paths_text(const TrashEntry& entry) {
  std::string text;
  for (const auto& path : entry.paths) text += (text.empty() ? "" : ", ") + path.string();
  return text;
}

bool concerns(const TrashEntry& entry, const std::string& name) {
  for (const auto& path : entry.paths)
    if (path == name || path.filename() == name) return true;
  return false;
}

Status undo(const RemoveOptions& options) {
  const auto library = library_folder();
  for (const TrashEntry& entry : trash_entries(library)) {
    if (!options.name.empty() && !concerns(entry, options.name)) continue;
    GALAGO_TRY(restore_from_trash(library, entry.id));
    if (options.json)
      print_json({{"restored", paths_text(entry)}});
    else
      std::printf("%s is back\n", paths_text(entry).c_str());
    return {};
  }
  return Error{Errc::kInvalidArgument, "nothing like that was removed", {}};
}

Status remove(const RemoveOptions& options) {
  if (options.undo) return undo(options);
  if (options.name.empty()) return Error{Errc::kInvalidArgument, "name the model to remove", {}};
  GALAGO_TRY(const InstalledModel model, find_installed_model(options.name));
  GALAGO_TRY(const auto paths, removable_paths(model));
  const auto& library = model.root.folder;
  GALAGO_TRY(const TrashEntry entry, move_to_trash(library, paths));
  if (options.now) {
    GALAGO_TRY(purge_from_trash(library, entry.id));
  }
  purge_trash_before(library, entry.removed_at - kKeptSeconds);
  if (options.json)
    print_json({{"removed", model.id}, {"bytes", entry.bytes}, {"undo", !options.now}});
  else if (options.now)
    std::printf("%s is deleted; %s are free again\n", model.id.c_str(),
                size_text(entry.bytes).c_str());
  else
    std::printf("%s is removed; `galago-cli models remove --undo` brings it back for a week\n",
                model.id.c_str());
  return {};
}

}  // namespace

void add_models_remove_command(CLI::App& models, Status& result) {
  auto options = std::make_shared<RemoveOptions>();
  CLI::App* command = models.add_subcommand("remove", "Remove an installed model");
  command->add_option("name", options->name, "An installed model");
  auto* now = command->add_flag("--now", options->now, "Delete it at once; it cannot be undone");
  command->add_flag("--undo", options->undo, "Bring back what was removed last, or NAME")
      ->excludes(now);
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options, &result] { result = remove(*options); });
}

}  // namespace galago::cli
