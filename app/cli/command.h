// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The commands of galago-cli: each adds itself to the command line and, when chosen, runs.
#pragma once

#include <CLI/CLI.hpp>

#include "base/result.h"

namespace galago::cli {

/// Each adds its subcommand to `app` and sets `result` when it has run.
void add_run_command(CLI::App& app, Status& result);
void add_chat_command(CLI::App& app, Status& result);
void add_bench_command(CLI::App& app, Status& result);
void add_compare_command(CLI::App& app, Status& result);
void add_trace_command(CLI::App& app, Status& result);
void add_inspect_command(CLI::App& app, Status& result);
void add_devices_command(CLI::App& app, Status& result);
void add_models_command(CLI::App& app, Status& result);

}  // namespace galago::cli
