// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/model_download.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "library/manifest_place.h"
#include "library/model_facts.h"
#include "transfer/folder_lock.h"
#include "transfer/neighbours.h"
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

/// Gives what is coming other names where `folder` has files of those names that others need.
Status step_aside(const fs::path& folder, const fs::path& staging, ModelManifest& manifest,
                  std::vector<DownloadedFile>& files) {
  const ManifestFile* language = manifest.file(FileRole::kLanguageModel);
  const std::string own = language != nullptr ? language->name : "";
  const Neighbours neighbours(folder, own);
  for (DownloadedFile& file : files) {
    const bool is_coming = file.path.parent_path() == staging;
    if (!is_coming || file.name == own || !neighbours.need_another(file)) continue;
    const std::string name = name_by_content(file);
    std::error_code error;
    fs::rename(file.path, staging / name, error);
    if (error)
      return Error{
          Errc::kIo, "the file cannot be given its name: " + error.message(), {file.path.string()}};
    for (ManifestFile& listed : manifest.files)
      if (listed.name == file.name) listed.name = name;
    file.name = name;
    file.path = staging / name;
  }
  return {};
}

Status complete(ModelManifest manifest, CatalogueKind kind, const fs::path& folder,
                const fs::path& staging, std::vector<DownloadedFile> files) {
  GALAGO_TRY(step_aside(folder, staging, manifest, files));
  for (ManifestFile& file : manifest.files) {
    const DownloadedFile* const there = downloaded(files, &file);
    if (there == nullptr) continue;
    file.size = there->size;
    file.sha256 = there->sha256;
  }
  if (kind != CatalogueKind::kGguf) return write_manifest(staging, manifest);
  GALAGO_TRY(check_model(manifest, files));
  const std::string& language_model = manifest.file(FileRole::kLanguageModel)->name;
  return write_manifest(staging, manifest, manifest_name(folder, language_model));
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
  request.check = [manifest, kind = entry.kind, folder = request.folder](
                      const fs::path& staging, const std::vector<DownloadedFile>& files) {
    return complete(manifest, kind, folder, staging, files);
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
