// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli inspect: what a GGUF file holds, without loading it.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/options.h"
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

Status print(const std::filesystem::path& path, SummaryDetail detail) {
  GALAGO_TRY(const auto file, GgufFile::open(path));
  std::fputs(to_text(summarise(*file), detail).c_str(), stdout);
  return {};
}

Status inspect(const InspectOptions& options) {
  if (!options.file.empty()) return print(options.file, options.detail());
  GALAGO_TRY(const ModelFiles files, default_model("FILE"));
  GALAGO_TRY(print(files.language_model, options.detail()));
  if (files.mmproj.empty()) return {};
  std::printf("\n");
  return print(files.mmproj, options.detail());
}

}  // namespace

void add_inspect_command(CLI::App& app, Status& result) {
  auto options = std::make_shared<InspectOptions>();
  CLI::App* command = app.add_subcommand(
      "inspect", "Say what a GGUF file holds: architecture, shapes, quantisation, prompt format");
  command->add_option("file", options->file,
                      "A GGUF file (default: the two files of the model that comes with Galago)");
  command->add_flag("--metadata", options->metadata, "Also list every key with its value");
  command->add_flag("--tensors", options->tensors, "Also list the keys and every tensor");
  command->callback([options, &result] { result = inspect(*options); });
}

}  // namespace galago::cli
