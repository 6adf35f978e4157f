// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli inspect: what a GGUF file holds, without loading it.
#include <cstdio>
#include <memory>
#include <string>

#include "cli/command.h"
#include "gguf/gguf_reader.h"
#include "gguf/gguf_summary.h"

namespace galago::cli {
namespace {

struct InspectOptions {
  std::string file;
  bool metadata = false;
  bool tensors = false;

  SummaryDetail detail() const {
    if (tensors) return SummaryDetail::kMetadataAndTensors;
    return metadata ? SummaryDetail::kMetadata : SummaryDetail::kOverview;
  }
};

Status inspect(const InspectOptions& options) {
  GALAGO_TRY(const auto file, GgufFile::open(options.file));
  std::fputs(to_text(summarise(*file), options.detail()).c_str(), stdout);
  return {};
}

}  // namespace

void add_inspect_command(CLI::App& app, Status& result) {
  auto options = std::make_shared<InspectOptions>();
  CLI::App* command = app.add_subcommand(
      "inspect", "Say what a GGUF file holds: architecture, shapes, quantisation, prompt format");
  command->add_option("file", options->file, "A GGUF file")->required();
  command->add_flag("--metadata", options->metadata, "Also list every key with its value");
  command->add_flag("--tensors", options->tensors, "Also list the keys and every tensor");
  command->callback([options, &result] { result = inspect(*options); });
}

}  // namespace galago::cli
