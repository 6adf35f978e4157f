// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/model_roots.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "library/data_folder.h"
#include "library/library_folder.h"
#include "library/user_folders.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRepositories = 10'000;

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

fs::path variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored) && folders.size() < kMostRepositories)
      folders.push_back(entry->path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

fs::file_time_type time_of(const fs::path& folder) {
  std::error_code error;
  const auto time = fs::last_write_time(folder, error);
  return error ? fs::file_time_type::min() : time;
}

/// "models--publisher--model" → "publisher/model"; empty: something else.
std::string repository_of(const std::string& folder_name) {
  constexpr std::string_view kModels = "models--";
  if (folder_name.rfind(kModels, 0) != 0) return {};
  std::string name = folder_name.substr(kModels.size());
  const std::size_t dashes = name.find("--");
  if (dashes != std::string::npos) name.replace(dashes, 2, "/");
  return name;
}

fs::path hugging_face_hub() {
  fs::path hub = variable("HF_HUB_CACHE");
  if (!hub.empty()) return hub;
  const fs::path home = variable("HF_HOME");
  if (!home.empty()) return home / "hub";
  const fs::path cache = user_cache_root();
  return cache.empty() ? cache : cache / "huggingface" / "hub";
}

void add_hugging_face(std::vector<ModelRoot>& roots) {
  const fs::path hub = hugging_face_hub();
  if (hub.empty()) return;
  for (const fs::path& repository : folders_in(hub)) {
    const std::string name = repository_of(repository.filename().string());
    if (name.empty()) continue;
    std::vector<fs::path> snapshots = folders_in(repository / "snapshots");
    std::stable_sort(snapshots.begin(), snapshots.end(),
                     [](const auto& a, const auto& b) { return time_of(a) > time_of(b); });
    for (fs::path& snapshot : snapshots)
      roots.push_back({std::move(snapshot), ModelOrigin::kHuggingFace, name});
  }
}

bool is_same(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return !a.empty() && (a == b || (fs::equivalent(a, b, error) && !error));
}

}  // namespace

std::string_view origin_name(ModelOrigin origin) {
  switch (origin) {
    case ModelOrigin::kLibrary:
      return "library";
    case ModelOrigin::kFolder:
      return "folder";
    case ModelOrigin::kBuiltIn:
      return "built-in";
    case ModelOrigin::kHuggingFace:
      return "Hugging Face cache";
    case ModelOrigin::kLlamaCpp:
      return "llama.cpp cache";
    case ModelOrigin::kLmStudio:
      return "LM Studio";
  }
  return "";
}

bool is_cache(ModelOrigin origin) {
  return origin == ModelOrigin::kHuggingFace || origin == ModelOrigin::kLlamaCpp ||
         origin == ModelOrigin::kLmStudio;
}

std::vector<fs::path> model_folders() {
  std::vector<fs::path> folders = split_list(std::getenv("GALAGO_MODELS"));
  LibraryFolders chosen = chosen_library_folders();
  if (!chosen.library.empty()) folders.push_back(std::move(chosen.library));
  for (fs::path& other : chosen.others) folders.push_back(std::move(other));
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

std::vector<ModelRoot> model_roots(const std::vector<fs::path>& folders) {
  const fs::path library = library_folder();
  const fs::path data = data_folder();
  std::vector<ModelRoot> roots;
  for (const fs::path& folder : folders) {
    ModelOrigin origin = ModelOrigin::kFolder;
    if (!data.empty() && is_same(folder, data / "models")) origin = ModelOrigin::kBuiltIn;
    if (is_same(folder, library)) origin = ModelOrigin::kLibrary;
    roots.push_back({folder, origin, {}});
  }
  return roots;
}

std::vector<ModelRoot> cache_roots() {
  std::vector<ModelRoot> roots;
  add_hugging_face(roots);
  const fs::path cache = user_cache_root();
  fs::path llama = variable("LLAMA_CACHE");
  if (llama.empty() && !cache.empty()) llama = cache / "llama.cpp";
  if (!llama.empty()) roots.push_back({llama, ModelOrigin::kLlamaCpp, {}});
  const fs::path home = home_folder();
  if (!home.empty()) roots.push_back({home / ".lmstudio" / "models", ModelOrigin::kLmStudio, {}});
  if (!cache.empty()) roots.push_back({cache / "lm-studio" / "models", ModelOrigin::kLmStudio, {}});
  return roots;
}

}  // namespace galago
