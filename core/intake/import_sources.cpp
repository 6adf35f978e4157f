// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "intake/import_sources.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

#include "library/model_facts.h"
#include "library/model_finder.h"
#include "library/model_folder.h"
#include "library/safe_name.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepestLevel = 3;

/// What files of a checkpoint are called: one of them means its folder.
constexpr std::array<std::string_view, 5> kCheckpointFiles = {".json", ".bin", ".safetensors",
                                                              ".model", ".index"};

std::string extension_of(const fs::path& path) { return ascii_lower(path.extension().string()); }

bool is_pack(const fs::path& path) { return extension_of(path) == ".galago"; }

bool is_checkpoint_file(const fs::path& path) {
  return std::find(kCheckpointFiles.begin(), kCheckpointFiles.end(), extension_of(path)) !=
         kCheckpointFiles.end();
}

/// "ggml-model-q4_k.gguf" is what many of them are called: there the folder says more, if it is
/// that of one model.
std::string name_of(const fs::path& language_model) {
  const std::string stem = language_model.stem().string();
  const std::string folder = language_model.parent_path().filename().string();
  const std::string lower = ascii_lower(stem);
  const bool says_little = lower.starts_with("ggml-model") || lower.starts_with("model");
  if (!says_little || folder.empty()) return stem;
  const auto content = read_model_folder(language_model.parent_path());
  return content && content->language_models.size() == 1 ? folder : stem;
}

class Finder {
 public:
  ImportSources find(std::span<const fs::path> paths) {
    for (const fs::path& path : paths) add(path);
    pair_files();
    match_folders();
    return std::move(found_);
  }

 private:
  void refuse(const fs::path& path, ImportObstacle obstacle, Error error) {
    found_.refused.push_back({path, obstacle, std::move(error)});
  }

  void refuse_nothing(const fs::path& path) {
    refuse(path, ImportObstacle::kNothing,
           {Errc::kInvalidArgument, "there is no model here that Galago knows", {path.string()}});
  }

  void add(const fs::path& given) {
    std::error_code error;
    const fs::path path = given.has_filename() ? given : given.parent_path();
    const fs::file_status status = fs::status(path, error);
    if (error || !fs::exists(status)) {
      refuse(path, ImportObstacle::kUnreadable,
             {Errc::kIo, "there is no such file", {path.string()}});
    } else if (fs::is_directory(status)) {
      const std::size_t before = count();
      add_folder(path);
      if (count() == before) refuse_nothing(path);
    } else if (is_pack(path)) {
      found_.sources.push_back({ImportKind::kPack, path, {}, {}});
    } else if (extension_of(path) == ".gguf") {
      add_gguf(path);
    } else if (is_checkpoint_file(path) && is_huggingface_folder(path.parent_path())) {
      add_checkpoint(path.parent_path());
    } else {
      refuse_nothing(path);
    }
  }

  std::size_t count() const {
    return found_.sources.size() + found_.refused.size() + towers_.size() + seen_twice_;
  }

  void add_folder(const fs::path& folder) {
    if (is_huggingface_folder(folder)) return add_checkpoint(folder);
    add_inner(folder, 1);
    add_pairs(folder);
  }

  /// Packs and checkpoints below a folder.
  void add_inner(const fs::path& folder, int level) {
    std::error_code error;
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
      if (entry->path().filename().string().front() != '.') entries.push_back(entry->path());
    std::sort(entries.begin(), entries.end());
    for (const fs::path& entry : entries) {
      if (fs::is_regular_file(entry, error) && is_pack(entry)) {
        found_.sources.push_back({ImportKind::kPack, entry, {}, {}});
      } else if (level < kDeepestLevel && fs::is_directory(entry, error)) {
        if (is_huggingface_folder(entry))
          add_checkpoint(entry);
        else
          add_inner(entry, level + 1);
      }
    }
  }

  void add_checkpoint(const fs::path& folder) {
    if (is_tower_folder(folder)) {
      towers_.push_back(folder);
      return;
    }
    const bool is_there =
        std::any_of(found_.sources.begin(), found_.sources.end(), [&](const ImportSource& source) {
          return source.kind == ImportKind::kCheckpoint && source.path == folder;
        });
    if (is_there) {
      ++seen_twice_;
      return;
    }
    ImportSource source{ImportKind::kCheckpoint, folder, {}, {}};
    source.folders.model = folder;
    found_.sources.push_back(std::move(source));
  }

  void add_pairs(const fs::path& folder) {
    FoundModels found = find_models({folder, ModelOrigin::kFolder, {}});
    for (FoundModel& model : found.models) {
      if (!model.manifest) model.files.name = name_of(model.files.language_model);
      if (model.problem)
        refuse_pair(model.files, *std::move(model.problem));
      else
        add_pair(std::move(model.files));
    }
    for (Error& problem : found.problems) {
      const bool is_lone = problem.code == Errc::kInvalidArgument;
      const fs::path path = problem.context.empty() ? folder : fs::path(problem.context.front());
      refuse(path, is_lone ? ImportObstacle::kNoLanguageModel : ImportObstacle::kUnreadable,
             std::move(problem));
    }
  }

  /// `error` says why the projectors that there are were not taken.
  void refuse_pair(const ModelFiles& files, Error error) {
    const auto folder = read_model_folder(files.language_model.parent_path());
    const bool is_mismatch = error.code == Errc::kUnsupported;
    const bool has_several = folder && folder->projectors.size() > 1;
    refuse(files.language_model,
           is_mismatch   ? ImportObstacle::kMismatch
           : has_several ? ImportObstacle::kSeveralProjectors
                         : ImportObstacle::kNoProjector,
           std::move(error));
  }

  void add_pair(ModelFiles files) {
    const auto facts = read_model_facts(files.language_model, files.mmproj);
    if (!facts) {
      const bool is_unread = facts.error().code != Errc::kUnsupported;
      refuse(files.language_model,
             is_unread ? ImportObstacle::kUnreadable : ImportObstacle::kMismatch, facts.error());
      return;
    }
    const fs::path path = files.language_model;
    found_.sources.push_back({ImportKind::kPair, path, std::move(files), {}});
  }

  void add_gguf(const fs::path& path) {
    auto kind = model_file_kind(path);
    if (!kind)
      refuse(path, ImportObstacle::kUnreadable, std::move(kind).error());
    else
      (*kind == ModelFileKind::kProjector ? projectors_ : language_models_).push_back(path);
  }

  /// The GGUF files that were given one by one.
  void pair_files() {
    for (const fs::path& model : language_models_) {
      std::vector<fs::path> candidates = projectors_;
      if (candidates.empty()) candidates = beside(model, &ModelFolder::projectors);
      pair(model, candidates);
    }
    if (!language_models_.empty()) return;
    for (const fs::path& projector : projectors_) {
      const auto models = fitting_models(projector);
      if (models.size() == 1)
        pair(models.front(), {projector});
      else
        refuse(projector, ImportObstacle::kNoLanguageModel,
               {Errc::kInvalidArgument,
                "this is a projector (mmproj); name the language model it belongs to",
                {projector.string()}});
    }
  }

  static std::vector<fs::path> beside(const fs::path& file,
                                      std::vector<fs::path> ModelFolder::*kind) {
    auto folder = read_model_folder(file.parent_path());
    return folder ? std::move((*folder).*kind) : std::vector<fs::path>();
  }

  static std::vector<fs::path> fitting_models(const fs::path& projector) {
    std::vector<fs::path> models = beside(projector, &ModelFolder::language_models);
    std::erase_if(models,
                  [&](const fs::path& model) { return !read_model_facts(model, projector); });
    return models;
  }

  void pair(const fs::path& model, const std::vector<fs::path>& candidates) {
    ModelFiles files{name_of(model), model, {}, false};
    std::vector<fs::path> fitting;
    Error reason{Errc::kInvalidArgument,
                 "this is a language model without its projector: put the mmproj file that was "
                 "published with it beside it",
                 {model.string()}};
    for (const fs::path& candidate : candidates) {
      auto facts = read_model_facts(model, candidate);
      if (facts)
        fitting.push_back(candidate);
      else
        reason = std::move(facts).error();
    }
    auto projector = match_projector(model, fitting);
    if (!projector) {
      refuse(model, ImportObstacle::kSeveralProjectors, std::move(projector).error());
    } else if (!projector->empty()) {
      files.mmproj = *std::move(projector);
      found_.sources.push_back({ImportKind::kPair, model, std::move(files), {}});
    } else {
      const bool is_mismatch = reason.code == Errc::kUnsupported;
      refuse(model,
             candidates.empty() ? ImportObstacle::kNoProjector
             : is_mismatch      ? ImportObstacle::kMismatch
                                : ImportObstacle::kUnreadable,
             std::move(reason));
    }
  }

  /// Gives checkpoints the folders that came with them.
  void match_folders() {
    using Part = MissingFolder::Part;
    std::vector<fs::path> bases;
    for (ImportSource& source : found_.sources) {
      if (source.kind != ImportKind::kCheckpoint) continue;
      const auto missing = find_missing_folder(source.folders);
      if (!missing || !*missing || (*missing)->part != Part::kBase) continue;
      const fs::path base = only_other(source.path);
      if (!base.empty()) bases.push_back(source.folders.base = base);
    }
    // A base that came along is a part of something, not a model to import.
    std::erase_if(found_.sources, [&](const ImportSource& source) {
      return std::find(bases.begin(), bases.end(), source.path) != bases.end();
    });
    bool is_used = false;
    for (ImportSource& source : found_.sources) {
      if (source.kind != ImportKind::kCheckpoint) continue;
      is_used = true;
      const auto missing = find_missing_folder(source.folders);
      if (missing && *missing && (*missing)->part == Part::kTower && towers_.size() == 1)
        source.folders.tower = towers_.front();
    }
    if (is_used) return;
    for (const fs::path& tower : towers_)
      refuse(tower, ImportObstacle::kTowerAlone,
             {Errc::kInvalidArgument, "this is a vision tower, a part of a model", {}});
  }

  /// The one other checkpoint; empty: there is none, or there are several.
  fs::path only_other(const fs::path& folder) const {
    fs::path other;
    for (const ImportSource& source : found_.sources) {
      if (source.kind != ImportKind::kCheckpoint || source.path == folder) continue;
      if (!other.empty()) return {};
      other = source.path;
    }
    return other;
  }

  ImportSources found_;
  std::vector<fs::path> language_models_;
  std::vector<fs::path> projectors_;
  std::vector<fs::path> towers_;
  std::size_t seen_twice_ = 0;
};

}  // namespace

ImportSources find_import_sources(std::span<const fs::path> paths) { return Finder().find(paths); }

}  // namespace galago
