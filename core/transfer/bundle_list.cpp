// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/bundle_list.h"

#include "library/manifest_json.h"
#include "library/safe_name.h"

namespace galago {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::size_t kMostModels = 256;
constexpr std::size_t kMostFiles = 1024;
constexpr std::size_t kLongestName = 1000;

Result<std::vector<ManifestFile>> read_files(const json& object, const char* key,
                                             std::size_t most) {
  GALAGO_TRY(const json items, json_objects(object, key, most));
  std::vector<ManifestFile> files;
  std::vector<std::string> names;
  for (const json& item : items) {
    GALAGO_TRY(ManifestFile file, manifest_file_from_json(item));
    if (!file.size || file.sha256.empty())
      return Error{Errc::kFormat, "a file of the bundle has no size or no hash", {}};
    names.push_back(file.name);
    files.push_back(std::move(file));
  }
  GALAGO_TRY(check_distinct(names));
  return files;
}

json files_json(const std::vector<ManifestFile>& files) {
  json items = json::array();
  for (const ManifestFile& file : files)
    items.push_back({{"name", file.name}, {"size", *file.size}, {"sha256", file.sha256}});
  return items;
}

}  // namespace

Result<BundleList> parse_bundle_list(std::string_view text) {
  GALAGO_TRY(const json value, parse_json_object(text, kFormat));
  GALAGO_TRY(const json models, json_objects(value, "models", kMostModels));
  BundleList list;
  std::vector<std::string> names;
  for (const json& item : models) {
    GALAGO_TRY(std::string publisher, json_text(item, "publisher", kLongestName));
    GALAGO_TRY(std::string model, json_text(item, "model", kLongestName));
    GALAGO_TRY(check_plain_name(publisher));
    GALAGO_TRY(check_plain_name(model));
    names.push_back(publisher + "/" + model);
    list.models.emplace_back(std::move(publisher), std::move(model));
  }
  GALAGO_TRY(check_distinct(names));
  GALAGO_TRY(list.settings, read_files(value, "settings", 1));
  GALAGO_TRY(list.samples, read_files(value, "samples", kMostFiles));
  return list;
}

std::string bundle_list_text(const BundleList& list) {
  json models = json::array();
  for (const auto& [publisher, model] : list.models)
    models.push_back({{"publisher", publisher}, {"model", model}});
  return json_file_text({{"format", kFormat},
                         {"models", std::move(models)},
                         {"settings", files_json(list.settings)},
                         {"samples", files_json(list.samples)}});
}

std::string bundle_folder(const std::string& publisher, const std::string& model) {
  return "models/" + publisher + "/" + model + "/";
}

}  // namespace galago
