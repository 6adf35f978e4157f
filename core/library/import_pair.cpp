// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/import_pair.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "base/atomic_file.h"
#include "base/disk_room.h"
#include "library/manifest_place.h"
#include "library/safe_name.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1U << 20;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }  // NOLINT(*-owning-memory)
};

class PairCopy {
 public:
  PairCopy(std::uint64_t total, const std::stop_token& stop,
           const std::function<void(double)>& progress)
      : total_(total), stop_(stop), progress_(progress) {}

  Status copy(const fs::path& from, const fs::path& to) {
    const std::unique_ptr<std::FILE, CloseFile> source(std::fopen(from.c_str(), "rbe"));
    if (!source) return read_error(from);
    GALAGO_TRY(AtomicFile target, AtomicFile::create(to));
    std::vector<std::byte> piece(kPiece);
    while (const std::size_t count = std::fread(piece.data(), 1, kPiece, source.get())) {
      if (stop_.stop_requested()) return Error{Errc::kCancelled, {}, {}};
      GALAGO_TRY(target.write(std::span(piece).first(count)));
      done_ += count;
      if (progress_) progress_(static_cast<double>(done_) / static_cast<double>(total_));
    }
    if (std::ferror(source.get()) != 0) return read_error(from);
    return target.finish();
  }

 private:
  static Error read_error(const fs::path& path) {
    return {Errc::kIo,
            "the file cannot be read: " + std::generic_category().message(errno),
            {path.string()}};
  }

  std::uint64_t total_;
  std::uint64_t done_ = 0;
  const std::stop_token& stop_;
  const std::function<void(double)>& progress_;
};

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

}  // namespace

Result<InstalledModel> import_pair(const ModelFiles& files, const PairImport& options,
                                   const std::stop_token& stop,
                                   const std::function<void(double)>& progress) {
  if (files.mmproj.empty())
    return Error{Errc::kInvalidArgument,
                 "this is a language model without its projector: put the mmproj file that was "
                 "published with it beside it, or name it",
                 {files.language_model.string()}};
  InstalledModel model;
  model.files = files;
  model.id = plain_name_of(files.name);
  GALAGO_TRY(model.facts, read_model_facts(files.language_model, files.mmproj));
  ModelManifest manifest = manifest_beside(model);
  if (!options.publisher.empty()) manifest.publisher = options.publisher;
  if (!options.model.empty()) manifest.model = options.model;
  GALAGO_TRY(
      check_place(options.library, manifest.publisher, manifest.model, options.if_installed));
  const std::uint64_t total = manifest.total_size().value_or(model.size_bytes());
  GALAGO_TRY(check_room(options.library, total));
  GALAGO_TRY(StagedModel staged, StagedModel::create(options.library));
  PairCopy pair(total, stop, progress);
  for (const ManifestFile& file : manifest.files) {
    // The projector may have been named from another folder.
    const fs::path source =
        file.role == FileRole::kProjector ? files.mmproj : model.folder() / file.name;
    GALAGO_TRY(pair.copy(source, staged.folder() / file.name));
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
