// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <system_error>

#include "gguf/printable.h"
#include "library/safe_name.h"
#include "transfer/bundle_list.h"
#include "transfer/file_hash.h"
#include "transfer/pack.h"
#include "transfer/pack_archive.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostSamples = 1000;

/// Every byte is read twice: to say in front what comes, and to write it.
class Exporter {
 public:
  Exporter(const std::stop_token& stop, const TransferProgress& progress,
           const std::vector<InstalledModel>& models)
      : stop_(stop), progress_(progress) {
    for (const InstalledModel& model : models) total_ += 2 * model.size_bytes();
  }

  /// With all sizes and hashes. Errors: kHash, where something is wrong with it.
  Result<ModelManifest> complete(const InstalledModel& model) {
    const std::uint64_t before = done_;
    GALAGO_TRY(VerifyReport report,
               verify_model(model, stop_, [&](std::uint64_t done, std::uint64_t) {
                 done_ = before;
                 move(done);
               }));
    done_ = before + model.size_bytes();
    for (const VerifiedFile& verified : report.files)
      if (!is_good(verified.state))
        return Error{Errc::kHash,
                     "the model is not whole and is not exported: " + verified.file.name + " is " +
                         std::string(state_name(verified.state)),
                     {model.folder().string()}};
    // Where it lies decides what it is called, as it does for everything else.
    const ModelManifest found = manifest_of(model);
    if (report.manifest.publisher.empty()) report.manifest.publisher = found.publisher;
    if (report.manifest.model.empty()) report.manifest.model = found.model;
    GALAGO_TRY(check_installable(report.manifest));
    return std::move(report.manifest);
  }

  Status write(PackWriter& pack, const std::string& prefix, const fs::path& folder,
               const ModelManifest& manifest) {
    GALAGO_TRY(pack.add_text(prefix + kManifestName, manifest_text(manifest)));
    return write_files(pack, prefix, folder, manifest.files);
  }

  Status write_files(PackWriter& pack, const std::string& prefix, const fs::path& folder,
                     const std::vector<ManifestFile>& files) {
    for (const ManifestFile& file : files) {
      GALAGO_TRY(pack.add_file(prefix + file.name, folder / file.name, file.sha256, stop_,
                               [this](std::uint64_t bytes) { move(bytes); }));
    }
    return {};
  }

  /// A file beside the models, as the list of a bundle names it.
  Result<ManifestFile> describe(const fs::path& path) {
    ManifestFile file;
    file.name = path.filename().string();
    GALAGO_TRY(check_plain_name(file.name));
    GALAGO_TRY(file.sha256, file_sha256(path, stop_));
    std::error_code error;
    file.size = fs::file_size(path, error);
    if (error)
      return Error{Errc::kIo, "the file cannot be read: " + error.message(), {path.string()}};
    return file;
  }

 private:
  void move(std::uint64_t bytes) {
    done_ += bytes;
    if (progress_) progress_(std::min(done_, total_), total_);
  }

  const std::stop_token& stop_;
  const TransferProgress& progress_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
};

std::string full_name(const ModelManifest& manifest) {
  return manifest.publisher + "/" + manifest.model;
}

bool is_in(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored) && check_plain_name(entry->path().filename().string()) &&
        files.size() < kMostSamples)
      files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Status export_pack(const InstalledModel& model, const fs::path& target, const std::stop_token& stop,
                   const TransferProgress& progress) {
  Exporter exporter(stop, progress, {model});
  GALAGO_TRY(const ModelManifest manifest, exporter.complete(model));
  GALAGO_TRY(const auto pack, PackWriter::create(target));
  GALAGO_TRY(exporter.write(*pack, "", model.folder(), manifest));
  return pack->finish();
}

Status export_bundle(const BundleContent& content, const fs::path& target,
                     const std::stop_token& stop, const TransferProgress& progress) {
  Exporter exporter(stop, progress, content.models);
  BundleList list;
  std::vector<ModelManifest> manifests;
  std::vector<std::string> names;
  for (const InstalledModel& model : content.models) {
    GALAGO_TRY(ModelManifest manifest, exporter.complete(model));
    // Two quantisations may have shared a folder; in a bundle each has its own.
    if (is_in(names, full_name(manifest)))
      manifest.model += "-" + plain_name_of(manifest.quantisation);
    list.models.emplace_back(manifest.publisher, manifest.model);
    names.push_back(full_name(manifest));
    manifests.push_back(std::move(manifest));
  }
  if (!check_distinct(names))
    return Error{Errc::kInvalidArgument, "two of the models have the same name", {}};
  if (!content.settings.empty()) {
    GALAGO_TRY(ManifestFile file, exporter.describe(content.settings));
    list.settings.push_back(std::move(file));
  }
  if (!content.samples.empty()) {
    for (const fs::path& path : files_in(content.samples)) {
      GALAGO_TRY(ManifestFile file, exporter.describe(path));
      list.samples.push_back(std::move(file));
    }
  }
  GALAGO_TRY(const auto pack, PackWriter::create(target));
  GALAGO_TRY(pack->add_text(kBundleName, bundle_list_text(list)));
  GALAGO_TRY(
      exporter.write_files(*pack, kSettingsFolder, content.settings.parent_path(), list.settings));
  GALAGO_TRY(exporter.write_files(*pack, kSamplesFolder, content.samples, list.samples));
  for (std::size_t i = 0; i < manifests.size(); ++i) {
    GALAGO_TRY(exporter.write(*pack, bundle_folder(manifests[i].publisher, manifests[i].model),
                              content.models[i].folder(), manifests[i]));
  }
  return pack->finish();
}

}  // namespace galago
