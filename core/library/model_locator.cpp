// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/model_locator.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <system_error>
#include <utility>

#include "gguf/printable.h"
#include "library/data_folder.h"
#include "library/model_folder.h"
#include "library/user_folders.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepestLevel = 3;
constexpr std::size_t kMostNamesInMessage = 20;
constexpr const char* kBuiltInFolder = "galago-tiny";
constexpr const char* kBuiltInName = "Galago Tiny";

struct InstalledModel {
  ModelFiles files;
  std::string full_name;  ///< with its folders below the root: "publisher/model"
};

std::vector<fs::path> split_list(const char* list) {
  std::vector<fs::path> folders;
  std::string_view rest = list == nullptr ? "" : list;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    if (end > 0) folders.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return folders;
}

/// Where the built-in model lies; empty: Galago's own files are not there.
fs::path built_in_folder() {
  const fs::path data = data_folder();
  return data.empty() ? fs::path() : data / "models" / kBuiltInFolder;
}

/// By place, not by what a file says of itself, which any file may say.
ModelFiles model_files(std::string name, const fs::path& language_model) {
  std::error_code error;  // a folder that is not there is not equivalent
  const bool is_built_in =
      fs::equivalent(language_model.parent_path(), built_in_folder(), error) && !error;
  return {is_built_in ? kBuiltInName : std::move(name), language_model, {}, is_built_in};
}

/// Collects the models below one root.
class Finder {
 public:
  Finder(fs::path root, std::vector<InstalledModel>& found)
      : root_(std::move(root)), found_(found) {}

  void search() { search(root_, 1); }

 private:
  void search(const fs::path& folder, int level) {
    // A link may lead back up: each real folder is looked at once.
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (error || !visited_.insert(real).second) return;
    const auto content = read_model_folder(folder);
    if (!content) return;
    for (const fs::path& model : content->language_models) add(model, folder, *content);
    if (level == kDeepestLevel) return;
    for (const fs::path& inner : content->folders) search(inner, level + 1);
  }

  void add(const fs::path& model, const fs::path& folder, const ModelFolder& content) {
    // A folder of its own gives the model its name; file names are mostly "ggml-model-q4_k".
    const bool is_alone = content.language_models.size() == 1 && folder != root_;
    const fs::path named = is_alone ? folder : folder / model.stem();
    InstalledModel installed;
    installed.files = model_files(named.filename().string(), model);
    // Ambiguous projectors are an error only to who wants to use the model.
    if (auto projector = match_projector(model, content.projectors); projector)
      installed.files.mmproj = *std::move(projector);
    installed.full_name = named.lexically_relative(root_).generic_string();
    found_.push_back(std::move(installed));
  }

  fs::path root_;
  std::vector<InstalledModel>& found_;
  std::set<fs::path> visited_;
};

/// Of equal names, those in the first folder hide the others.
std::vector<InstalledModel> find_installed(const std::vector<fs::path>& folders) {
  std::vector<InstalledModel> all;
  for (const fs::path& folder : folders) Finder(folder, all).search();
  std::set<std::string> seen;
  std::vector<InstalledModel> models;
  for (InstalledModel& model : all)
    if (seen.insert(model.full_name).second) models.push_back(std::move(model));
  return models;
}

std::string name_list(const std::vector<InstalledModel>& models) {
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
  ModelFiles files = model_files(path.stem().string(), path);
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
  return with_projector(model_files(named.filename().string(), model), mmproj, content.projectors);
}

/// Whether `name` is the model's name, or its end from a folder on.
bool is_named(const InstalledModel& model, std::string_view name) {
  const std::string_view full = model.full_name;
  return full == name || (full.size() > name.size() && full.ends_with(name) &&
                          full[full.size() - name.size() - 1] == '/');
}

Result<ModelFiles> locate_installed(std::string_view name, const fs::path& mmproj) {
  const std::vector<InstalledModel> models = find_installed(model_folders());
  std::vector<InstalledModel> matches;
  for (const InstalledModel& model : models)
    if (is_named(model, name)) matches.push_back(model);
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
  // Again, for the error where several projectors fit.
  GALAGO_TRY(const ModelFolder content, read_model_folder(files.language_model.parent_path()));
  return with_projector(files, mmproj, content.projectors);
}

}  // namespace

std::vector<fs::path> model_folders() {
  std::vector<fs::path> folders = split_list(std::getenv("GALAGO_MODELS"));
  const fs::path users = user_data_folder();
  if (!users.empty()) folders.push_back(users / "models");
  // Before the system's, where another version of Galago may have put a model of the same name.
  const fs::path own = data_folder();
  if (own.is_absolute()) folders.push_back(own / "models");
  const char* system = std::getenv("XDG_DATA_DIRS");
  if (system == nullptr || *system == '\0') system = "/usr/local/share:/usr/share";
  for (const fs::path& folder : split_list(system))
    if (folder.is_absolute()) folders.push_back(folder / "galago" / "models");
  return folders;
}

std::vector<ModelFiles> installed_models(const std::vector<fs::path>& folders) {
  std::vector<ModelFiles> models;
  for (InstalledModel& model : find_installed(folders)) models.push_back(std::move(model.files));
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
