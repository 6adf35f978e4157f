// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/models/models_command.h"

#include "cli/command.h"

namespace galago::cli {

void add_models_command(CLI::App& app, Status& result) {
  CLI::App* models = app.add_subcommand("models", "Get, convert, check and keep models");
  models->require_subcommand(1);
  add_models_list_command(*models, result);
  add_models_available_command(*models, result);
  add_models_import_command(*models, result);
  add_models_convert_command(*models, result);
#ifdef GALAGO_TRANSFER
  add_models_get_command(*models, result);
  add_models_verify_command(*models, result);
#endif
#ifdef GALAGO_PACKS
  add_models_export_command(*models, result);
#endif
  add_models_remove_command(*models, result);
  add_models_folder_command(*models, result);
}

}  // namespace galago::cli
