// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/model_locator.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "gguf/printable.h"
#include "library/built_in.h"
#include "library/model_finder.h"
#include "library/model_folder.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNamesInMessage = 20;

/// Of equal names, those in the first folder hide the others.
class Finds {
 public:
  void add(const ModelRoot& root) {
    for (FoundModel& model : find_models(root).models) {
      // What others keep is of interest where it is a whole model; there is much else.
      if (is_cache(root.origin) && model.files.mmproj.empty()) continue;
      if (seen_.insert(model.full_name).second) models_.push_back(std::move(model));
    }
  }

  std::vector<FoundModel> take() { return std::move(models_); }

 private:
  std::vector<FoundModel> models_;
  std::set<std::string> seen_;
};

std::vector<FoundModel> find_everywhere() {
  Finds finds;
  for (const ModelRoot& root : model_roots(model_folders())) finds.add(root);
  for (const ModelRoot& root : cache_roots()) finds.add(root);
  return finds.take();
}

std::string name_list(const std::vector<FoundModel>& models) {
  std::string names;
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (i == kMostNamesInMessage) return names + ", …";
    names += (i > 0 ? ", " : "") + printable(models[i].full_name);
  }
  return names;
}

Error invalid(std::string detail, const fs::path& path) {
  return {Errc::kInvalidArgument, std::move(detail), {path.string()}};
}

/// The one language model of a folder that the user named.
Result<fs::path> only_model(const fs::path& folder, ModelFolder& content) {
  auto& models = content.language_models;
  if (models.size() == 1) return models.front();
  if (models.size() > 1) {
    std::string names;
    for (const fs::path& model : models)
      names += (names.empty() ? "" : ", ") + printable(model.filename().string());
    return invalid("the folder holds several models; name one of the files: " + names, folder);
  }
  if (!content.damaged.empty()) return std::move(content.damaged.front());
  return invalid(content.projectors.empty()
                     ? "the folder holds no GGUF file"
                     : "the folder holds a projector (mmproj), but no language model",
                 folder);
}

Result<ModelFiles> with_projector(ModelFiles files, const fs::path& mmproj,
                                  const std::vector<fs::path>& candidates) {
  if (mmproj.empty()) {
    GALAGO_TRY(files.mmproj, match_projector(files.language_model, candidates));
    return files;
  }
  GALAGO_TRY(const ModelFileKind kind, model_file_kind(mmproj));
  if (kind != ModelFileKind::kProjector)
    return invalid("this is a language model, not a projector (mmproj)", mmproj);
  files.mmproj = mmproj;
  return files;
}

Result<ModelFiles> locate_file(const fs::path& path, const fs::path& mmproj) {
  GALAGO_TRY(const ModelFileKind kind, model_file_kind(path));
  if (kind == ModelFileKind::kProjector)
    return invalid("this is a projector (mmproj); name the language model it belongs to", path);
  ModelFiles files = built_in_or(path.stem().string(), path);
  if (!mmproj.empty()) return with_projector(std::move(files), mmproj, {});
  // Only files beside it are of interest: a folder that cannot be listed has none.
  auto content = read_model_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
  return with_projector(std::move(files), mmproj,
                        content ? content->projectors : std::vector<fs::path>());
}

Result<ModelFiles> locate_folder(const fs::path& path, const fs::path& mmproj) {
  GALAGO_TRY(ModelFolder content, read_model_folder(path));
  GALAGO_TRY(const fs::path model, only_model(path, content));
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error).lexically_normal();
  // "models/" and "." have no file name of their own.
  const fs::path named = absolute.has_filename() ? absolute : absolute.parent_path();
  return with_projector(built_in_or(named.filename().string(), model), mmproj, content.projectors);
}

Result<ModelFiles> locate_installed(std::string_view name, const fs::path& mmproj) {
  const std::vector<FoundModel> models = find_everywhere();
  std::vector<FoundModel> matches;
  for (const FoundModel& model : models)
    if (is_named(model.full_name, name)) matches.push_back(model);
  // A whole name is no part of another one: "galago-tiny" beside "me/galago-tiny".
  const auto whole = std::find_if(matches.begin(), matches.end(),
                                  [&](const FoundModel& model) { return model.full_name == name; });
  if (whole != matches.end()) matches = {*whole};
  const std::string quoted = "'" + printable(name) + "'";
  if (matches.size() > 1)
    return Error{Errc::kInvalidArgument,
                 quoted + " could be several installed models: " + name_list(matches),
                 {}};
  if (matches.empty())
    return Error{Errc::kInvalidArgument,
                 "there is no file, folder or installed model " + quoted +
                     (models.empty() ? "; no models are installed"
                                     : "; installed are: " + name_list(models)),
                 {}};
  const ModelFiles& files = matches.front().files;
  if (mmproj.empty() && !files.mmproj.empty()) return files;
  // Again, for the error where several projectors fit.
  GALAGO_TRY(const ModelFolder content, read_model_folder(files.language_model.parent_path()));
  return with_projector(files, mmproj, content.projectors);
}

}  // namespace

std::vector<ModelFiles> installed_models(const std::vector<fs::path>& folders) {
  Finds finds;
  for (const ModelRoot& root : model_roots(folders)) finds.add(root);
  std::vector<ModelFiles> models;
  for (FoundModel& model : finds.take())
    if (!model.files.mmproj.empty()) models.push_back(std::move(model.files));
  return models;
}

Result<ModelFiles> built_in_model() {
  const fs::path folder = built_in_folder();
  auto content = read_model_folder(folder);
  if (!content || (content->language_models.empty() && content->damaged.empty()))
    return Error{Errc::kIo, "the model that comes with Galago is missing", {folder.string()}};
  return locate_folder(folder, {});
}

Result<ModelFiles> locate_model(std::string_view model, const fs::path& mmproj) {
  const fs::path path(model);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) return locate_folder(path, mmproj);
  if (fs::exists(status)) return locate_file(path, mmproj);
  if (path.is_absolute() || path.extension() == ".gguf")
    return Error{Errc::kIo, "there is no such file", {path.string()}};
  return locate_installed(model, mmproj);
}

}  // namespace galago
