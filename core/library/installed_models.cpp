// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/installed_models.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "base/file_size.h"
#include "library/library_folder.h"
#include "library/manifest_place.h"
#include "library/model_finder.h"
#include "library/model_folder.h"
#include "library/safe_name.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPromptTemplate = "vicuna_v1";  // of all models of this family

/// Adds what is whole; of equal names the first hides the others.
class Scan {
 public:
  void add(const ModelRoot& root) {
    FoundModels found = find_models(root);
    for (FoundModel& model : found.models) add(std::move(model));
    // What other programs keep is their own affair.
    if (!is_cache(root.origin)) add_problems(std::move(found.problems));
  }

  ModelLibrary take() { return std::move(library_); }

 private:
  void add(FoundModel found) {
    const bool is_others = is_cache(found.root.origin);
    if (found.files.mmproj.empty()) {
      if (!is_others && found.problem) library_.problems.push_back(*std::move(found.problem));
      return;
    }
    // A manifest that cannot be read; the model is there without it.
    if (!is_others && found.problem) library_.problems.push_back(*std::move(found.problem));
    if (seen_.count(found.full_name) > 0) return;
    auto facts = read_model_facts(found.files.language_model, found.files.mmproj);
    if (!facts) {
      if (!is_others)
        library_.problems.push_back(
            std::move(facts).error().with_context(found.files.language_model.string()));
      return;
    }
    seen_.insert(found.full_name);
    library_.models.push_back({std::move(found.full_name), std::move(found.files),
                               std::move(found.root), std::move(found.manifest),
                               *std::move(facts)});
  }

  void add_problems(std::vector<Error> problems) {
    for (Error& problem : problems) library_.problems.push_back(std::move(problem));
  }

  ModelLibrary library_;
  std::set<std::string> seen_;
};

std::string id_list(const std::vector<InstalledModel>& models) {
  constexpr std::size_t kMost = 20;
  std::string names;
  for (std::size_t i = 0; i < models.size() && i < kMost; ++i)
    names += (i > 0 ? ", " : "") + printable(models[i].id);
  return models.size() > kMost ? names + ", …" : names;
}

/// Whether another model of the folder has the same projector.
bool is_needed_by_others(const InstalledModel& model) {
  const FoundModels found = find_models(model.root);
  return std::any_of(found.models.begin(), found.models.end(), [&](const FoundModel& other) {
    return other.files.language_model != model.files.language_model &&
           other.files.mmproj == model.files.mmproj;
  });
}

}  // namespace

std::string InstalledModel::quantisation() const {
  return manifest && !manifest->quantisation.empty() ? manifest->quantisation : facts.quantisation;
}

ModelLibrary scan_library() {
  Scan scan;
  for (const ModelRoot& root : model_roots(model_folders())) scan.add(root);
  for (const ModelRoot& root : cache_roots()) scan.add(root);
  return scan.take();
}

Result<InstalledModel> find_installed_model(std::string_view name) {
  ModelLibrary library = scan_library();
  std::vector<InstalledModel> matches;
  for (InstalledModel& model : library.models) {
    // A whole name is no part of another one: "galago-tiny" beside "me/galago-tiny".
    if (model.id == name) return std::move(model);
    if (is_named(model.id, name)) matches.push_back(model);
  }
  if (matches.empty())  // a folder in which there are several
    for (const InstalledModel& model : library.models)
      if (is_named(fs::path(model.id).parent_path().string(), name)) matches.push_back(model);
  if (matches.size() == 1) return std::move(matches.front());
  const std::string quoted = "'" + printable(name) + "'";
  if (matches.empty())
    return Error{Errc::kInvalidArgument,
                 "no model " + quoted + " is installed" +
                     (library.models.empty() ? "" : "; installed are: " + id_list(library.models)),
                 {}};
  return Error{Errc::kInvalidArgument,
               quoted + " could be several installed models: " + id_list(matches),
               {}};
}

Result<std::vector<fs::path>> removable_paths(const InstalledModel& model) {
  if (!model.is_removable())
    return Error{Errc::kInvalidArgument,
                 model.files.is_built_in
                     ? std::string("the demonstration model comes with Galago and stays")
                     : "this model belongs to another place (" +
                           std::string(origin_name(model.root.origin)) +
                           "); remove it there, if you want to",
                 {model.folder().string()}};
  const fs::path& library = model.root.folder;
  const fs::path folder = model.folder().lexically_relative(library);
  GALAGO_TRY(const ModelFolder content, read_model_folder(model.folder()));
  if (content.language_models.size() == 1 && content.folders.empty() && folder != ".")
    return std::vector<fs::path>{folder};
  std::vector<fs::path> paths = {model.files.language_model.lexically_relative(library)};
  if (!is_needed_by_others(model)) paths.push_back(model.files.mmproj.lexically_relative(library));
  if (model.manifest)
    paths.push_back((model.folder() /
                     manifest_name(model.folder(), model.files.language_model.filename().string()))
                        .lexically_relative(library));
  return paths;
}

ModelManifest manifest_of(const InstalledModel& model) {
  ModelManifest m;
  m.name = model.files.name;
  const fs::path id = model.id;
  m.publisher = plain_name_of(id.has_parent_path() ? id.begin()->string() : "local");
  m.model = plain_name_of(id.filename().string());
  m.quantisation = model.facts.quantisation;
  m.prompt_template = kPromptTemplate;
  const auto add = [&](const fs::path& path, FileRole role) {
    m.files.push_back({path.filename().string(), role, file_size_or_zero(path), "", ""});
  };
  add(model.files.language_model, FileRole::kLanguageModel);
  add(model.files.mmproj, FileRole::kProjector);
  const fs::path tokenizer = model.folder() / "tokenizer.model";
  std::error_code error;
  if (fs::is_regular_file(tokenizer, error)) add(tokenizer, FileRole::kTokenizer);
  return m;
}

}  // namespace galago
