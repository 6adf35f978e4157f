// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-cli models available: what the catalogue knows, and what it does not.
#include <cstdio>
#include <memory>

#include "base/size_text.h"
#include "cli/models/model_output.h"
#include "cli/models/models_command.h"
#include "cli/table.h"
#include "gguf/printable.h"
#include "library/listed_model.h"

namespace galago::cli {
namespace {

using nlohmann::json;

std::string or_unknown(const std::string& text) { return text.empty() ? "unknown" : text; }

std::string stated_size(const CatalogueEntry& entry) {
  const auto size = entry.manifest.total_size();
  return size ? size_text(*size) : "unknown";
}

/// Originals are not: what is made of them is another model.
const InstalledModel* installed_one(const CatalogueEntry& entry, const ModelLibrary& library) {
  return entry.kind == CatalogueKind::kGguf ? find_listed(library.models, entry.manifest) : nullptr;
}

void print_table(const Catalogue& catalogue, const ModelLibrary& library) {
  std::vector<TableRow> rows = {
      {"NAME", "KIND", "SIZE", "QUANTISATION", "MEMORY", "LICENCE", "INSTALLED"}};
  for (const CatalogueEntry& entry : catalogue.entries)
    rows.push_back({printable(entry.id), std::string(kind_name(entry.kind)), stated_size(entry),
                    or_unknown(entry.manifest.quantisation), memory_text(memory_need(entry)),
                    or_unknown(printable(entry.manifest.licence, 40)),
                    installed_one(entry, library) != nullptr ? "yes" : "-"});
  std::fputs(table_text(rows).c_str(), stdout);
  for (const CatalogueEntry& entry : catalogue.entries)
    if (!entry.note.empty()) std::printf("\n%s: %s\n", entry.id.c_str(), entry.note.c_str());
  for (const Error& problem : catalogue.problems)
    std::printf("\nNot read: %s\n", problem.message().c_str());
}

json entry_json(const CatalogueEntry& entry, const ModelLibrary& library) {
  const ModelManifest& manifest = entry.manifest;
  const InstalledModel* const installed = installed_one(entry, library);
  json files = json::array();
  for (const ManifestFile& file : manifest.files)
    files.push_back({{"name", file.name},
                     {"role", role_name(file.role)},
                     {"size", file.size ? json(*file.size) : json()},
                     {"sha256", known(file.sha256)},
                     {"url", known(file_url(manifest, file))}});
  return {{"id", entry.id},
          {"kind", kind_name(entry.kind)},
          {"name", manifest.name},
          {"source", known(manifest.repository)},
          {"revision", known(manifest.revision)},
          {"licence", known(manifest.licence)},
          {"quantisation", known(manifest.quantisation)},
          {"memory", memory_json(memory_need(entry))},
          {"note", known(entry.note)},
          {"own", entry.is_users},
          {"downloadable", entry.is_downloadable()},
          {"installed", known(installed != nullptr ? installed->id : "")},
          {"files", std::move(files)}};
}

Status available(bool is_json) {
  const Catalogue catalogue = load_catalogue();
  const ModelLibrary library = scan_library();
  if (!is_json) {
    print_table(catalogue, library);
    return {};
  }
  json entries = json::array();
  for (const CatalogueEntry& entry : catalogue.entries)
    entries.push_back(entry_json(entry, library));
  json problems = json::array();
  for (const Error& problem : catalogue.problems) problems.push_back(problem.message());
  print_json({{"models", std::move(entries)}, {"problems", std::move(problems)}});
  return {};
}

}  // namespace

void add_models_available_command(CLI::App& models, Status& result) {
  auto is_json = std::make_shared<bool>(false);
  CLI::App* command = models.add_subcommand(
      "available", "List the catalogue of published models, and what is known of each");
  command->add_flag("--json", *is_json, "Print one JSON object");
  command->callback([is_json, &result] { result = available(*is_json); });
}

}  // namespace galago::cli
