// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The commands below `galago-cli models`, one a file of this folder.
#pragma once

#include <CLI/CLI.hpp>

#include "base/result.h"

namespace galago::cli {

// Each adds its subcommand to the group and sets `result` when it has run.
void add_models_available_command(CLI::App& models, Status& result);
void add_models_convert_command(CLI::App& models, Status& result);
void add_models_export_command(CLI::App& models, Status& result);  // with GALAGO_PACKS
void add_models_folder_command(CLI::App& models, Status& result);
void add_models_get_command(CLI::App& models, Status& result);  // with GALAGO_TRANSFER
void add_models_import_command(CLI::App& models, Status& result);
void add_models_list_command(CLI::App& models, Status& result);
void add_models_remove_command(CLI::App& models, Status& result);
void add_models_verify_command(CLI::App& models, Status& result);  // with GALAGO_TRANSFER

}  // namespace galago::cli
