// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/model_download.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "library/model_facts.h"
#include "transfer/folder_lock.h"
#include "transfer/staging.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

const DownloadedFile* downloaded(const std::vector<DownloadedFile>& files,
                                 const ManifestFile* wanted) {
  if (wanted == nullptr) return nullptr;
  const auto found = std::find_if(files.begin(), files.end(), [&](const DownloadedFile& file) {
    return file.name == wanted->name;
  });
  return found == files.end() ? nullptr : &*found;
}

/// Reads the heads of both files; says what the manifest did not know.
Status check_model(ModelManifest& manifest, const std::vector<DownloadedFile>& files) {
  const DownloadedFile* language = downloaded(files, manifest.file(FileRole::kLanguageModel));
  const DownloadedFile* projector = downloaded(files, manifest.file(FileRole::kProjector));
  if (language == nullptr || projector == nullptr)
    return Error{Errc::kFormat, "a model needs a language model and its projector (mmproj)", {}};
  GALAGO_TRY(const ModelFacts facts, read_model_facts(language->path, projector->path));
  if (manifest.quantisation.empty()) manifest.quantisation = facts.quantisation;
  return {};
}

Status complete(ModelManifest manifest, CatalogueKind kind, const fs::path& staging,
                const std::vector<DownloadedFile>& files) {
  for (ManifestFile& file : manifest.files) {
    const DownloadedFile* const there = downloaded(files, &file);
    if (there == nullptr) continue;
    file.size = there->size;
    file.sha256 = there->sha256;
  }
  if (kind == CatalogueKind::kGguf) GALAGO_TRY(check_model(manifest, files));
  return write_manifest(staging, manifest);
}

}  // namespace

Result<DownloadRequest> model_download(const CatalogueEntry& entry, const fs::path& library) {
  const ModelManifest& manifest = entry.manifest;
  if (library.empty() || manifest.publisher.empty() || manifest.model.empty())
    return Error{Errc::kInvalidArgument, "there is no folder to put the model into", {}};
  if (!entry.is_downloadable())
    return Error{Errc::kInvalidArgument,
                 "it is not known where the files of '" + entry.id + "' can be fetched",
                 {}};
  DownloadRequest request;
  request.folder = library / manifest.publisher / manifest.model;
  for (const ManifestFile& file : manifest.files)
    request.files.push_back({file_url(manifest, file), file.name, file.size, file.sha256});
  request.check = [manifest, kind = entry.kind](const fs::path& staging,
                                                const std::vector<DownloadedFile>& files) {
    return complete(manifest, kind, staging, files);
  };
  return request;
}

Status discard_download(const DownloadRequest& request) {
  const fs::path staging = staging_folder(request.folder);
  std::error_code error;
  if (!fs::exists(staging, error)) return {};
  {
    GALAGO_TRY(const FolderLock lock, FolderLock::take(staging.string() + ".lock"));
    remove_staging(request.folder);
  }
  fs::remove(staging.parent_path(), error);  // unless others are on their way in it
  return {};
}

}  // namespace galago
