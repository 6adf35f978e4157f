// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/import_pair.h"

#include <utility>

#include "base/disk_room.h"
#include "library/copy_file.h"
#include "library/manifest_place.h"
#include "library/safe_name.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// What is said of these two files beside them; without it, what can be seen.
ModelManifest manifest_beside(const InstalledModel& source) {
  auto manifest = find_manifest(source.folder(), source.files.language_model.filename().string());
  if (!manifest || !*manifest) return manifest_of(source);
  const ManifestFile* projector = (*manifest)->file(FileRole::kProjector);
  if (projector != nullptr && projector->name == source.files.mmproj.filename() &&
      check_installable(**manifest))
    return **std::move(manifest);
  return manifest_of(source);
}

Result<InstalledModel> model_of(const ModelFiles& files) {
  InstalledModel model;
  model.files = files;
  model.id = plain_name_of(files.name);
  GALAGO_TRY(model.facts, read_model_facts(files.language_model, files.mmproj));
  return model;
}

}  // namespace

Result<ModelManifest> manifest_for_import(const ModelFiles& files) {
  GALAGO_TRY(const InstalledModel model, model_of(files));
  return manifest_beside(model);
}

Result<InstalledModel> import_pair(const ModelFiles& files, const PairImport& options,
                                   const std::stop_token& stop,
                                   const std::function<void(double)>& progress) {
  if (files.mmproj.empty())
    return Error{Errc::kInvalidArgument,
                 "this is a language model without its projector: put the mmproj file that was "
                 "published with it beside it, or name it",
                 {files.language_model.string()}};
  GALAGO_TRY(InstalledModel model, model_of(files));
  ModelManifest manifest = manifest_beside(model);
  if (!options.publisher.empty()) manifest.publisher = options.publisher;
  if (!options.model.empty()) manifest.model = options.model;
  GALAGO_TRY(
      check_place(options.library, manifest.publisher, manifest.model, options.if_installed));
  const std::uint64_t total = manifest.total_size().value_or(model.size_bytes());
  GALAGO_TRY(check_room(options.library, total));
  GALAGO_TRY(StagedModel staged, StagedModel::create(options.library));
  std::uint64_t done = 0;
  const auto copied = [&](std::size_t bytes) {
    done += bytes;
    if (progress) progress(static_cast<double>(done) / static_cast<double>(total));
  };
  for (const ManifestFile& file : manifest.files) {
    // The projector may have been named from another folder.
    const fs::path source =
        file.role == FileRole::kProjector ? files.mmproj : model.folder() / file.name;
    GALAGO_TRY(copy_file(source, staged.folder() / file.name, stop, copied));
  }
  GALAGO_TRY(write_manifest(staged.folder(), manifest));
  GALAGO_TRY(const fs::path folder,
             staged.install(manifest.publisher, manifest.model, options.if_installed));
  model.id = manifest.publisher + "/" + manifest.model;
  model.files.language_model = folder / files.language_model.filename();
  model.files.mmproj = folder / files.mmproj.filename();
  model.root = {options.library, ModelOrigin::kLibrary, {}};
  model.manifest = std::move(manifest);
  return model;
}

}  // namespace galago
