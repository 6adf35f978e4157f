// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See library_scan.h.
#include "library_scan.h"

#include <QStringList>
#include <algorithm>
#include <ctime>
#include <iterator>
#include <set>
#include <utility>

#include "base/disk_room.h"
#include "base/free_memory.h"
#include "library/library_folder.h"
#include "library/licence_text.h"
#include "library/listed_model.h"
#include "library/measured_rates.h"
#include "transfer/model_download.h"
#include "transfer/staging.h"
#include "transfer/verifier.h"

namespace galago::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kWeek = 7LL * 24 * 60 * 60;

QString text(const std::string& words) { return QString::fromStdString(words); }

void setFit(LibraryEntry& entry, const std::optional<MemoryNeed>& need,
            std::optional<std::uint64_t> free) {
  if (!need) return;
  entry.memory_bytes = need->total();
  if (free) entry.fit = memory_fit(need->total(), *free);
}

void describe(LibraryEntry& entry, const ModelManifest& manifest, const fs::path& folder) {
  const Licence licence = licence_of(manifest, folder);
  entry.licence = text(licence.name);
  entry.licenceText = text(licence.text);
  entry.licenceUrl = text(licence.url);
  entry.source = text(manifest.repository);
  if (!manifest.revision.empty()) entry.source += QStringLiteral(" @ ") + text(manifest.revision);
}

/// Its own publisher/model below the library: where a download would put it.
bool isInItsPlace(const InstalledModel& model, const fs::path& library) {
  return model.is_removable() && model.manifest &&
         model.folder() == library / model.manifest->publisher / model.manifest->model;
}

LibraryEntry installedEntry(InstalledModel model, const LibraryScan& scan, std::uint64_t context) {
  LibraryEntry entry;
  entry.id = text(model.id);
  entry.name = text(model.files.name);
  entry.quantisation = text(model.quantisation());
  entry.folder = text(model.folder().string());
  entry.bytes = model.size_bytes();
  setFit(entry, memory_need(model.facts, context), scan.free_memory_bytes);
  if (entry.fit == MemoryFit::kWontFit)
    entry.type_that_fits = text(type_that_fits(model.facts, *scan.free_memory_bytes, context));
  if (model.manifest) {
    if (!model.manifest->name.empty()) entry.name = text(model.manifest->name);
    describe(entry, *model.manifest, model.folder());
  }
  if (isInItsPlace(model, scan.library)) {
    CatalogueEntry again{model.manifest->model, CatalogueKind::kGguf, *model.manifest, {}, {}, {}};
    if (again.is_downloadable()) entry.download = std::move(again);
  }
  entry.installed = std::move(model);
  return entry;
}

void setRate(LibraryEntry& entry, const MeasuredRates& rates) {
  const std::vector<MeasuredRate> known = rates.of(entry.installed->files.language_model);
  if (known.empty()) return;
  entry.rate = known.front().tokens_per_second;
  entry.rateDevice = text(known.front().device);
  entry.rateThreads = known.front().threads;
}

/// What an earlier run of the program left on its way.
void setTransfer(LibraryEntry& entry, const fs::path& library) {
  const auto request = model_download(*entry.download, library);
  // A file that other quantisations have too may be there without anything having come for this.
  if (!request || !has_begun(*request)) return;
  for (const DownloadFile& file : request->files)
    entry.transfer.bytes_done += bytes_there(request->folder, file);
  entry.transfer.phase = DownloadPhase::kPaused;
  entry.transfer.bytes_total = entry.bytes;
}

LibraryEntry availableEntry(const CatalogueEntry& listed, const LibraryScan& scan) {
  const ModelManifest& manifest = listed.manifest;
  LibraryEntry entry;
  entry.id = text(manifest.publisher + "/" + manifest.model);
  entry.name = text(manifest.name);
  entry.quantisation = text(manifest.quantisation);
  entry.note = text(listed.note);
  entry.bytes = manifest.total_size().value_or(0);
  describe(entry, manifest, {});
  entry.isOwn = listed.is_users;
  setFit(entry, memory_need(listed), scan.free_memory_bytes);
  entry.download = listed;
  setTransfer(entry, scan.library);
  return entry;
}

std::vector<CatalogueEntry> missingEntries(const Catalogue& catalogue,
                                           const std::vector<InstalledModel>& models) {
  std::vector<CatalogueEntry> missing;
  std::copy_if(catalogue.entries.begin(), catalogue.entries.end(), std::back_inserter(missing),
               [&](const CatalogueEntry& listed) {
                 return listed.kind == CatalogueKind::kGguf && listed.is_downloadable() &&
                        find_listed(models, listed.manifest) == nullptr;
               });
  return missing;
}

QString stemOf(const ModelManifest& manifest) {
  const ManifestFile* const file = manifest.file(FileRole::kLanguageModel);
  return file == nullptr ? QString() : text(fs::path(file->name).stem().string());
}

}  // namespace

LibraryScan scanForPage(std::uint64_t context) {
  LibraryScan scan;
  scan.library = library_folder();
  scan.free_memory_bytes = free_memory();
  scan.free_disk_bytes = free_room(scan.library);
  purge_trash_before(scan.library, static_cast<std::int64_t>(std::time(nullptr)) - kWeek);
  scan.removed = trash_entries(scan.library);
  ModelLibrary library = scan_library();
  scan.problems = std::move(library.problems);
  const Catalogue catalogue = load_catalogue();
  scan.problems.insert(scan.problems.end(), catalogue.problems.begin(), catalogue.problems.end());
  const std::vector<CatalogueEntry> missing = missingEntries(catalogue, library.models);
  const MeasuredRates rates = MeasuredRates::load();
  std::set<QString> ids;
  for (InstalledModel& model : library.models) {
    if (model.is_removable()) scan.disk_bytes += model.size_bytes();
    scan.installed.push_back(installedEntry(std::move(model), scan, context));
    setRate(scan.installed.back(), rates);
    ids.insert(scan.installed.back().id);
  }
  for (const CatalogueEntry& listed : missing) {
    LibraryEntry entry = availableEntry(listed, scan);
    // Beside another quantisation it will be called after its file.
    if (ids.count(entry.id) > 0) entry.id += QLatin1Char('/') + stemOf(listed.manifest);
    if (ids.insert(entry.id).second) scan.available.push_back(std::move(entry));
  }
  return scan;
}

Result<QStringList> damagedFiles(const InstalledModel& model, const std::stop_token& stop,
                                 const std::function<void(double)>& progress) {
  GALAGO_TRY(const VerifyReport report, verify_model(model, stop, in_shares(progress)));
  QStringList damaged;
  for (const VerifiedFile& each : report.files)
    if (!is_good(each.state)) damaged += text(each.file.name);
  return damaged;
}

}  // namespace galago::ui
