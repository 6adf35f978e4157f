// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/huggingface_model.h"

#include <initializer_list>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "checkpoint/lora_adapter.h"
#include "convert/huggingface_language.h"
#include "convert/huggingface_vision.h"
#include "gguf/printable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kConfig = "config.json";
constexpr const char* kTokenizer = "tokenizer.model";
constexpr std::size_t kLongestName = 80;  // in a message
constexpr std::string_view kTowerInCheckpoint = "model.vision_tower.vision_tower.vision_model.";
constexpr std::string_view kTowerAlone = "vision_model.";

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

fs::path last_part(const fs::path& path) {
  return path.has_filename() ? path.filename() : path.parent_path().filename();
}

fs::path normalised(const fs::path& path) {
  std::error_code error;
  const fs::path resolved = fs::absolute(path, error);
  const fs::path normal = (error ? path : resolved).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

/// Where a hub's client keeps its models, if it keeps this one: three folders further up.
std::optional<fs::path> cache_around(const fs::path& folder) {
  const fs::path snapshots = folder.parent_path();
  const std::string model = snapshots.parent_path().filename();
  if (snapshots.filename() != "snapshots" || !model.starts_with("models--")) return std::nullopt;
  return snapshots.parent_path().parent_path();
}

/// A model of the cache by its hub's name, "publisher/model".
std::optional<fs::path> find_cached(const fs::path& cache, const fs::path& name) {
  std::string entry = "models";
  for (const fs::path& part : name) entry += "--" + part.string();
  std::error_code error;
  fs::directory_iterator snapshot(cache / entry / "snapshots", error);
  for (; !error && snapshot != fs::directory_iterator(); snapshot.increment(error))
    if (is_there(snapshot->path() / kConfig)) return snapshot->path();
  return std::nullopt;
}

/// The folder that a config file means by `name`, in or beside one of `places`: a relative path, or
/// the last part of a hub's name or of a path on the machine of somebody else; or in the cache that
/// a place is part of. A file from anywhere must not name other folders of this machine.
std::optional<fs::path> find_folder(const std::string& name,
                                    std::initializer_list<fs::path> places) {
  const fs::path given = fs::path(name).lexically_normal();
  const fs::path last = last_part(given);
  if (last.empty() || last == "." || last == "..") return std::nullopt;
  const bool is_inside = given.is_relative() && *given.begin() != "..";
  for (const fs::path& place : places) {
    if (place.empty()) continue;
    for (const fs::path& root : {place, place.parent_path()}) {
      if (is_inside && is_there(root / given / kConfig)) return root / given;
      if (is_there(root / last / kConfig)) return root / last;
    }
    const auto cache = cache_around(place);
    auto cached = cache && is_inside ? find_cached(*cache, given) : std::nullopt;
    if (cached) return cached;
  }
  return std::nullopt;
}

/// The folder's name; in the cache of a hub's client, where that is a hash, the model's.
std::string model_name(const fs::path& folder) {
  if (!cache_around(folder)) return folder.filename();
  const std::string cached = folder.parent_path().parent_path().filename();
  return cached.substr(cached.rfind("--") + 2);
}

struct Sources {
  fs::path model;
  fs::path base;  // empty unless the model is an adapter
  fs::path tower;
};

/// Empty: it is not beside the adapter.
Result<fs::path> find_base(const fs::path& model, std::string& name) {
  GALAGO_TRY(const LoraAdapter adapter, LoraAdapter::open(model));
  name = printable(adapter.base_name(), kLongestName);
  return find_folder(adapter.base_name(), {model}).value_or(fs::path());
}

Result<Sources> locate(const HuggingFaceFolders& folders) {
  Sources sources;
  sources.model = normalised(folders.model);
  if (!folders.tower.empty()) sources.tower = normalised(folders.tower);
  if (!LoraAdapter::is_in(sources.model)) return sources;
  if (!folders.base.empty()) {
    sources.base = normalised(folders.base);
    return sources;
  }
  std::string name;
  GALAGO_TRY(sources.base, find_base(sources.model, name));
  if (!sources.base.empty()) return sources;
  return Error{Errc::kIo,
               "this is an adapter for the model '" + name +
                   "', which is not beside it: choose the folder of that model as well",
               {sources.model.string()}};
}

/// A file of the adapter, else of its base.
fs::path file_of(const Sources& sources, const char* name) {
  const fs::path own = sources.model / name;
  return sources.base.empty() || is_there(own) ? own : sources.base / name;
}

/// Empty: it is not beside the model.
fs::path tower_folder(const Sources& sources, const HuggingFaceConfig& config) {
  if (!sources.tower.empty()) return sources.tower;
  return find_folder(config.tower_name, {sources.model, sources.base}).value_or(fs::path());
}

/// Whether the tower's weights and its shape are known without its folder.
bool needs_no_tower_folder(const HuggingFaceConfig& config) {
  return config.is_tower_in_checkpoint && ClipConfig::known(config.tower_name);
}

Result<HuggingFaceVision> open_vision(const Sources& sources, const HuggingFaceConfig& config,
                                      std::shared_ptr<const HuggingFaceWeights> weights) {
  const fs::path folder = tower_folder(sources, config);
  if (folder.empty() && !needs_no_tower_folder(config))
    return Error{Errc::kIo,
                 "the vision tower '" + printable(config.tower_name, kLongestName) +
                     "' is not beside the model: choose its folder as well",
                 {sources.model.string()}};
  HuggingFaceVision vision;
  if (folder.empty()) {
    vision.config = *ClipConfig::known(config.tower_name);
  } else {
    GALAGO_TRY(vision.config, ClipConfig::read(folder));
  }
  vision.projector = std::move(weights);
  vision.tower = vision.projector;
  vision.tower_prefix = kTowerInCheckpoint;
  if (config.is_tower_in_checkpoint) return vision;
  GALAGO_TRY(vision.tower, HuggingFaceWeights::open(folder));
  vision.tower_prefix = kTowerAlone;
  return vision;
}

}  // namespace

bool is_huggingface_folder(const fs::path& folder) {
  return LoraAdapter::is_in(folder) || (is_there(folder / kConfig) && Checkpoint::is_in(folder));
}

bool is_tower_folder(const fs::path& folder) {
  return is_huggingface_folder(folder) && !LoraAdapter::is_in(folder) &&
         !HuggingFaceConfig::read(folder / kConfig) && ClipConfig::read(folder);
}

Result<std::optional<MissingFolder>> find_missing_folder(const HuggingFaceFolders& folders) {
  using Part = MissingFolder::Part;
  HuggingFaceFolders known = folders;
  const fs::path model = normalised(folders.model);
  if (folders.base.empty() && LoraAdapter::is_in(model)) {
    std::string name;
    GALAGO_TRY(known.base, find_base(model, name));
    if (known.base.empty()) return std::optional(MissingFolder{Part::kBase, std::move(name)});
  }
  GALAGO_TRY(const Sources sources, locate(known));
  GALAGO_TRY(const auto config, HuggingFaceConfig::read(file_of(sources, kConfig)));
  if (!tower_folder(sources, config).empty() || needs_no_tower_folder(config))
    return std::optional<MissingFolder>();
  return std::optional(MissingFolder{Part::kTower, printable(config.tower_name, kLongestName)});
}

Result<HuggingFaceModel> HuggingFaceModel::open(const HuggingFaceFolders& folders) {
  GALAGO_TRY(const Sources sources, locate(folders));
  GALAGO_TRY(const auto config, HuggingFaceConfig::read(file_of(sources, kConfig)));
  GALAGO_TRY(const auto weights,
             sources.base.empty() ? HuggingFaceWeights::open(sources.model)
                                  : HuggingFaceWeights::open_adapted(sources.base, sources.model));
  HuggingFaceModel model;
  model.name = model_name(sources.model);
  GALAGO_TRY(const HuggingFaceVision vision, open_vision(sources, config, weights));
  auto language = language_source(model.name, config, weights, file_of(sources, kTokenizer));
  if (!language) return std::move(language).error().with_context(sources.model.string());
  auto pictures = vision_source(model.name, config, vision);
  if (!pictures) return std::move(pictures).error().with_context(sources.model.string());
  model.language = *std::move(language);
  model.vision = *std::move(pictures);
  return model;
}

}  // namespace galago
