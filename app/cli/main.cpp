// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli: everything the application computes, without a window. Exit codes: 0 done, 1 failed
// with one line on stderr, 2 wrong usage.
#include <cstdio>
#include <exception>

#include "cli/command.h"
#include "cli/interrupt.h"

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

int run(int argc, char** argv) {
  using namespace galago;
  CLI::App app("Ask a MobileVLM model about pictures, computed on this machine.", "galago-cli");
  app.set_version_flag("--version", "galago-cli " GALAGO_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  Status result;
  cli::add_run_command(app, result);
  cli::add_chat_command(app, result);
  cli::add_bench_command(app, result);
  cli::add_compare_command(app, result);
  cli::add_trace_command(app, result);
  cli::add_inspect_command(app, result);
  cli::add_devices_command(app, result);
  cli::add_models_command(app, result);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  if (result) return 0;
  std::fprintf(stderr, "galago-cli: %s\n", result.error().message().c_str());
  return kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  galago::cli::Interrupt::block_signals();
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "galago-cli: internal error: %s\n", error.what());
    return kFailed;
  }
}
