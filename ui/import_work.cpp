// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See import_work.h.
#include "import_work.h"

#include <algorithm>
#include <array>
#include <utility>

#include "library/import_pair.h"
#include "library/library_folder.h"
#ifdef GALAGO_PACKS
#include "transfer/pack.h"
#endif

namespace galago::ui {
namespace {

namespace fs = std::filesystem;

/// What is offered for checkpoints, of all that can be converted to: one of each size that people
/// ask for.
constexpr std::array kMixes = {Mix::kF16,    Mix::kQ8_0, Mix::kQ6_K,  Mix::kQ5_K_M,
                               Mix::kQ4_K_M, Mix::kQ4_0, Mix::kQ3_K_M};
constexpr Mix kUsualMix = Mix::kQ4_K_M;

QString text(const std::string& words) { return QString::fromStdString(words); }

QString last(const fs::path& path) { return text(path.filename().string()); }

void setModels(ImportEntry& entry, const std::vector<std::pair<std::string, std::string>>& names) {
  const fs::path library = library_folder();
  entry.models.clear();
  entry.isInstalled = false;
  for (const auto& [publisher, model] : names) {
    entry.models += text(publisher + "/" + model);
    if (!check_place(library, publisher, model, IfInstalled::kRefuse)) entry.isInstalled = true;
  }
}

Status lookAtPair(ImportEntry& entry) {
  GALAGO_TRY(const ModelManifest manifest, manifest_for_import(entry.source.files));
  entry.name = text(manifest.name.empty() ? entry.source.files.name : manifest.name);
  entry.bytes = manifest.total_size().value_or(0);
  setModels(entry, {{manifest.publisher, manifest.model}});
  return {};
}

Status lookAtCheckpoint(ImportEntry& entry) {
  entry.name = last(entry.source.path);
  std::error_code error;
  entry.isAdapter = fs::exists(entry.source.path / "adapter_config.json", error);
  GALAGO_TRY(entry.missing, find_missing_folder(entry.source.folders));
  if (entry.missing) return {};
  const bool isFirst = entry.sizes.empty();
  GALAGO_TRY(CheckpointFacts facts, read_checkpoint_facts(entry.source.folders, kMixes));
  entry.sizes = std::move(facts.sizes);
  entry.name = text(facts.model);
  if (isFirst)
    entry.size =
        static_cast<int>(std::find(kMixes.begin(), kMixes.end(), kUsualMix) - kMixes.begin());
  setModels(entry, {{facts.publisher, facts.model}});
  return {};
}

Status lookAtPack(ImportEntry& entry) {
  entry.name = last(entry.source.path);
#ifdef GALAGO_PACKS
  GALAGO_TRY(const PackContent content, read_pack(entry.source.path));
  entry.isBundle = content.is_bundle;
  entry.hasSettings = content.has_settings;
  entry.hasSamples = content.has_samples;
  entry.bytes = content.bytes;
  std::vector<std::pair<std::string, std::string>> names;
  for (const ModelManifest& manifest : content.models)
    names.emplace_back(manifest.publisher, manifest.model);
  if (!content.is_bundle && !content.models.empty() && !content.models.front().name.empty())
    entry.name = text(content.models.front().name);
  setModels(entry, names);
  return {};
#else
  return Error{
      Errc::kUnsupported, "this Galago was built without packs", {entry.source.path.string()}};
#endif
}

Status lookAt(ImportEntry& entry) {
  switch (entry.source.kind) {
    case ImportKind::kPair:
      return lookAtPair(entry);
    case ImportKind::kCheckpoint:
      return lookAtCheckpoint(entry);
    case ImportKind::kPack:
      break;
  }
  return lookAtPack(entry);
}

Status importPack([[maybe_unused]] const ImportEntry& entry,
                  [[maybe_unused]] const PairImport& into,
                  [[maybe_unused]] const ImportPlaces& places,
                  [[maybe_unused]] const std::stop_token& stop,
                  [[maybe_unused]] const std::function<void(double)>& progress) {
#ifdef GALAGO_PACKS
  PackImport import;
  import.library = into.library;
  import.if_installed = into.if_installed;
  if (entry.takesSettings) import.settings = places.settings;
  if (entry.takesSamples) import.samples = places.samples;
  GALAGO_TRY([[maybe_unused]] const PackResult result,
             import_pack(entry.source.path, import, stop, in_shares(progress)));
#endif
  return {};
}

}  // namespace

std::vector<ImportEntry> entriesOf(const std::vector<fs::path>& paths) {
  ImportSources found = find_import_sources(paths);
  std::vector<ImportEntry> entries;
  for (ImportSource& source : found.sources) {
    ImportEntry entry;
    entry.source = std::move(source);
    entries.push_back(lookedAt(std::move(entry)));
  }
  for (RefusedImport& refused : found.refused) {
    ImportEntry entry;
    entry.step = ImportStep::kRefused;
    entry.source.path = std::move(refused.path);
    entry.name = last(entry.source.path);
    entry.obstacle = refused.obstacle;
    entry.error = std::move(refused.error);
    entries.push_back(std::move(entry));
  }
  return entries;
}

ImportEntry lookedAt(ImportEntry entry) {
  entry.step = ImportStep::kReady;
  entry.error.reset();
  if (Status status = lookAt(entry); !status) {
    entry.step = ImportStep::kFailed;
    entry.error = std::move(status).error();
  }
  return entry;
}

Status importEntry(const ImportEntry& entry, const ImportPlaces& places,
                   const std::stop_token& stop, const std::function<void(double)>& progress) {
  PairImport import;
  import.library = library_folder();
  if (import.library.empty())
    return Error{Errc::kIo, "there is no folder for models (HOME is unset)", {}};
  import.if_installed = entry.isInstalled ? IfInstalled::kReplace : IfInstalled::kRefuse;
  switch (entry.source.kind) {
    case ImportKind::kPair: {
      GALAGO_TRY([[maybe_unused]] const InstalledModel model,
                 import_pair(entry.source.files, import, stop, progress));
      return {};
    }
    case ImportKind::kCheckpoint: {
      if (entry.sizes.empty())
        return Error{Errc::kInvalidArgument, "it is not known yet what is in it", {}};
      const auto chosen = static_cast<std::size_t>(entry.size);
      GALAGO_TRY([[maybe_unused]] const InstalledModel model,
                 import_checkpoint(entry.source.folders, entry.sizes.at(chosen).mix, import, stop,
                                   progress));
      return {};
    }
    case ImportKind::kPack:
      break;
  }
  return importPack(entry, import, places, stop, progress);
}

}  // namespace galago::ui
