// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/model_finder.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "gguf/gguf_reader.h"
#include "library/built_in.h"
#include "library/manifest_place.h"
#include "library/model_facts.h"
#include "library/model_folder.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepestLevel = 3;

/// The projectors that can belong to a language model; `reason`: why the last one cannot.
std::vector<fs::path> fitting(const fs::path& language_model,
                              const std::vector<fs::path>& projectors,
                              std::optional<Error>& reason) {
  std::vector<fs::path> fit;
  const auto language_file = GgufFile::open(language_model);
  for (const fs::path& projector : projectors) {
    const auto file = GgufFile::open(projector);
    if (!language_file || !file) continue;
    Status checked = check_pair(**language_file, **file);
    if (checked)
      fit.push_back(projector);
    else
      reason = std::move(checked).error().with_context(projector.filename().string());
  }
  return fit;
}

class Finder {
 public:
  explicit Finder(const ModelRoot& root) : root_(root) {}

  FoundModels find() {
    search(root_.folder, 1);
    return std::move(found_);
  }

 private:
  void search(const fs::path& folder, int level) {
    // A link may lead back up: each real folder is looked at once.
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (error || !visited_.insert(real).second) return;
    auto content = read_model_folder(folder);
    if (!content) return;
    for (const fs::path& model : content->language_models) add(model, folder, *content);
    for (Error& damaged : content->damaged) found_.problems.push_back(std::move(damaged));
    if (content->language_models.empty()) {
      for (const fs::path& projector : content->projectors) add_lone_projector(projector);
    }
    if (level == kDeepestLevel) return;
    for (const fs::path& inner : content->folders)
      if (inner.filename().string().front() != '.') search(inner, level + 1);
  }

  void add(const fs::path& model, const fs::path& folder, const ModelFolder& content) {
    FoundModel found;
    found.root = root_;
    // A folder of its own gives the model its name; file names are mostly "ggml-model-q4_k".
    const bool is_root = folder == root_.folder;
    const bool is_alone =
        content.language_models.size() == 1 && (!is_root || !root_.prefix.empty());
    const fs::path named = is_alone ? folder : folder / model.stem();
    const fs::path below = named.lexically_relative(root_.folder);
    const fs::path full = below == "." ? fs::path(root_.prefix) : root_.prefix / below;
    found.full_name = full.generic_string();
    found.files = built_in_or(full.filename().string(), model);
    read_manifest_of(model, folder, found);
    if (found.files.mmproj.empty()) pair(model, content, found);
    found_.models.push_back(std::move(found));
  }

  /// The manifest says which files belong together, as long as they are there.
  static void read_manifest_of(const fs::path& model, const fs::path& folder, FoundModel& found) {
    auto manifest = find_manifest(folder, model.filename().string());
    if (!manifest) {
      found.problem = std::move(manifest).error();
      return;
    }
    if (!*manifest) return;
    found.manifest = **std::move(manifest);
    const ManifestFile* projector = found.manifest->file(FileRole::kProjector);
    std::error_code error;
    if (!found.manifest->name.empty() && !found.files.is_built_in)
      found.files.name = found.manifest->name;
    if (projector != nullptr && fs::is_regular_file(folder / projector->name, error))
      found.files.mmproj = folder / projector->name;
  }

  static void pair(const fs::path& model, const ModelFolder& content, FoundModel& found) {
    std::optional<Error> reason;
    const std::vector<fs::path> candidates = fitting(model, content.projectors, reason);
    auto projector = match_projector(model, candidates);
    if (!projector)
      found.problem = std::move(projector).error();
    else if (!projector->empty())
      found.files.mmproj = *std::move(projector);
    else if (reason)
      found.problem = (*std::move(reason)).with_context(model.string());
    else
      found.problem = Error{Errc::kInvalidArgument,
                            "this is a language model without its projector: put the mmproj file "
                            "that was published with it beside it",
                            {model.string()}};
  }

  void add_lone_projector(const fs::path& projector) {
    found_.problems.push_back({Errc::kInvalidArgument,
                               "this is a projector (mmproj) without its language model: put the "
                               "two files of a model into one folder",
                               {projector.string()}});
  }

  const ModelRoot& root_;
  FoundModels found_;
  std::set<fs::path> visited_;
};

}  // namespace

FoundModels find_models(const ModelRoot& root) { return Finder(root).find(); }

bool is_named(std::string_view full_name, std::string_view name) {
  return full_name == name || (full_name.size() > name.size() && full_name.ends_with(name) &&
                               full_name[full_name.size() - name.size() - 1] == '/');
}

}  // namespace galago
