// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "base/disk_room.h"
#include "gguf/printable.h"
#include "library/model_facts.h"
#include "transfer/bundle_list.h"
#include "transfer/pack.h"
#include "transfer/pack_archive.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

/// A model of the pack: what is said of it, and where its entries are.
struct PackedModel {
  std::string prefix;
  ModelManifest manifest;
};

/// Files that come beside their places, under other names until all else is done.
class StagedFiles {
 public:
  StagedFiles() = default;
  StagedFiles(const StagedFiles&) = delete;
  StagedFiles& operator=(const StagedFiles&) = delete;

  ~StagedFiles() {
    std::error_code ignored;
    for (const fs::path& target : targets_) fs::remove(coming(target), ignored);
  }

  /// Where to write what will be `target`.
  fs::path add(const fs::path& target) {
    std::error_code ignored;  // writing will say what is wrong
    fs::create_directories(target.parent_path(), ignored);
    targets_.push_back(target);
    return coming(target);
  }

  Status install() {
    for (const fs::path& target : targets_) {
      std::error_code error;
      fs::rename(coming(target), target, error);
      if (error)
        return Error{
            Errc::kIo, "the file cannot be given its name: " + error.message(), {target.string()}};
    }
    return {};
  }

 private:
  static fs::path coming(const fs::path& target) { return target.string() + ".incoming"; }

  std::vector<fs::path> targets_;
};

class Importer {
 public:
  Importer(PackReader& pack, const PackImport& options, const std::stop_token& stop,
           const TransferProgress& progress)
      : pack_(pack), options_(options), stop_(stop), progress_(progress) {}

  Result<PackResult> run() {
    GALAGO_TRY(read_lists());
    for (const PackedModel& model : models_) {
      const ModelManifest& manifest = model.manifest;
      GALAGO_TRY(
          check_place(options_.library, manifest.publisher, manifest.model, options_.if_installed));
    }
    GALAGO_TRY(check_room(options_.library, total_));
    return install();
  }

  Result<PackContent> content() {
    GALAGO_TRY(read_lists());
    PackContent content;
    for (const PackedModel& model : models_) content.models.push_back(model.manifest);
    content.is_bundle = listed_.count(kBundleName) > 0;
    content.has_settings = !list_.settings.empty();
    content.has_samples = !list_.samples.empty();
    content.bytes = total_;
    return content;
  }

 private:
  Status read_lists() {
    const std::string& first = pack_.entries().front().name;
    if (first == kManifestName) {
      GALAGO_TRY(add_model(""));
    } else if (first == kBundleName) {
      GALAGO_TRY(read_bundle());
    } else {
      return Error{Errc::kFormat, "this zip file is neither a pack nor a bundle of Galago", {}};
    }
    return check_entries();
  }

  Status read_bundle() {
    GALAGO_TRY(const std::string text, pack_.read_text(kBundleName, kLargestManifest));
    GALAGO_TRY(list_, parse_bundle_list(text));
    listed_.insert(kBundleName);
    for (const auto& [publisher, model] : list_.models) {
      GALAGO_TRY(add_model(bundle_folder(publisher, model)));
      const ModelManifest& manifest = models_.back().manifest;
      if (manifest.publisher != publisher || manifest.model != model)
        return Error{Errc::kFormat, "a model of the bundle is called something else inside", {}};
    }
    GALAGO_TRY(add_files(kSettingsFolder, list_.settings));
    return add_files(kSamplesFolder, list_.samples);
  }

  Status add_model(const std::string& prefix) {
    GALAGO_TRY(const std::string text, pack_.read_text(prefix + kManifestName, kLargestManifest));
    PackedModel model{prefix, {}};
    GALAGO_TRY(model.manifest, parse_manifest(text));
    GALAGO_TRY(check_installable(model.manifest));
    listed_.insert(prefix + kManifestName);
    for (const ManifestFile& file : model.manifest.files)
      if (file.sha256.empty())
        return Error{Errc::kFormat, "the pack does not say what '" + file.name + "' has to be", {}};
    GALAGO_TRY(add_files(prefix, model.manifest.files));
    models_.push_back(std::move(model));
    return {};
  }

  Status add_files(const std::string& prefix, const std::vector<ManifestFile>& files) {
    for (const ManifestFile& file : files) {
      const PackReader::Entry* entry = pack_.find(prefix + file.name);
      if (entry == nullptr)
        return Error{Errc::kFormat, "the file '" + file.name + "' is missing from the pack", {}};
      if (entry->size != *file.size)
        return Error{
            Errc::kFormat, "the file '" + file.name + "' has another size than is stated", {}};
      listed_.insert(entry->name);
      total_ += entry->size;
    }
    return {};
  }

  /// Nothing comes along that nobody spoke of.
  Status check_entries() const {
    for (const PackReader::Entry& entry : pack_.entries())
      if (listed_.count(entry.name) == 0)
        return Error{Errc::kFormat,
                     "the pack holds '" + printable(entry.name) + "', which it does not list",
                     {}};
    return {};
  }

  Result<PackResult> install() {
    std::vector<StagedModel> staged;
    for (const PackedModel& model : models_) {
      GALAGO_TRY(StagedModel one, StagedModel::create(options_.library));
      GALAGO_TRY(fill(one, model));
      staged.push_back(std::move(one));
    }
    PackResult result;
    result.has_settings = !list_.settings.empty();
    result.has_samples = !list_.samples.empty();
    StagedFiles others;
    GALAGO_TRY(stage_others(others));
    for (std::size_t i = 0; i < models_.size(); ++i) {
      const ModelManifest& manifest = models_[i].manifest;
      GALAGO_TRY(fs::path folder,
                 staged[i].install(manifest.publisher, manifest.model, options_.if_installed));
      result.models.push_back(manifest.publisher + "/" + manifest.model);
      result.folders.push_back(std::move(folder));
    }
    GALAGO_TRY(others.install());
    return result;
  }

  Status fill(const StagedModel& staged, const PackedModel& model) {
    for (const ManifestFile& file : model.manifest.files) {
      GALAGO_TRY(extract(model.prefix + file.name, staged.folder() / file.name, file));
    }
    GALAGO_TRY(write_manifest(staged.folder(), model.manifest));
    // Whole does not mean that it is a model.
    auto facts =
        read_model_facts(staged.folder() / model.manifest.file(FileRole::kLanguageModel)->name,
                         staged.folder() / model.manifest.file(FileRole::kProjector)->name);
    if (!facts) return std::move(facts).error();
    return {};
  }

  Status extract(const std::string& entry, const fs::path& path, const ManifestFile& file) {
    GALAGO_TRY(const std::string hash, pack_.extract(entry, path, stop_, [this](auto bytes) {
      done_ += bytes;
      if (progress_) progress_(std::min(done_, total_), total_);
    }));
    if (hash == file.sha256) return {};
    return Error{Errc::kHash, "the file '" + file.name + "' is not what the pack says it is", {}};
  }

  Status stage_others(StagedFiles& staged) {
    if (!options_.settings.empty())
      for (const ManifestFile& file : list_.settings) {
        GALAGO_TRY(extract(kSettingsFolder + file.name, staged.add(options_.settings), file));
      }
    if (!options_.samples.empty())
      for (const ManifestFile& file : list_.samples) {
        GALAGO_TRY(
            extract(kSamplesFolder + file.name, staged.add(options_.samples / file.name), file));
      }
    return {};
  }

  PackReader& pack_;
  const PackImport& options_;
  const std::stop_token& stop_;
  const TransferProgress& progress_;
  BundleList list_;
  std::vector<PackedModel> models_;
  std::set<std::string> listed_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
};

template <class T>
Result<T> with_path(Result<T> result, const fs::path& path) {
  if (!result && result.error().code != Errc::kCancelled && result.error().context.empty())
    return std::move(result).error().with_context(path.string());
  return result;
}

}  // namespace

Result<PackContent> read_pack(const fs::path& path) {
  GALAGO_TRY(const auto pack, PackReader::open(path));
  return with_path(Importer(*pack, {}, {}, {}).content(), path);
}

Result<PackResult> import_pack(const fs::path& path, const PackImport& options,
                               const std::stop_token& stop, const TransferProgress& progress) {
  GALAGO_TRY(const auto pack, PackReader::open(path));
  return with_path(Importer(*pack, options, stop, progress).run(), path);
}

}  // namespace galago
