// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/catalogue.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <system_error>
#include <utility>

#include "base/function_ref.h"
#include "gguf/printable.h"
#include "library/data_folder.h"
#include "library/manifest_json.h"
#include "library/safe_name.h"
#include "library/user_folders.h"

namespace galago {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr const char* kFileName = "catalogue.json";
constexpr std::size_t kLargestCatalogue = 8U << 20;
constexpr std::size_t kMostEntries = 10'000;
constexpr std::size_t kLongestNote = 1000;

constexpr std::array<std::pair<CatalogueKind, std::string_view>, 3> kKinds = {{
    {CatalogueKind::kGguf, "gguf"},
    {CatalogueKind::kCheckpoint, "checkpoint"},
    {CatalogueKind::kTower, "tower"},
}};

Result<CatalogueKind> read_kind(const json& object) {
  GALAGO_TRY(const std::string name, json_text(object, "kind", kLongestNote));
  for (const auto& [kind, kind_text] : kKinds)
    if (kind_text == name) return kind;
  return Error{Errc::kFormat, "'" + printable(name) + "' is not a kind of catalogue entry", {}};
}

Result<std::optional<CatalogueShape>> read_shape(const json& object) {
  const auto found = object.find("shape");
  if (found == object.end() || found->is_null()) return std::optional<CatalogueShape>();
  GALAGO_TRY(const auto layers, json_count(*found, "layers", 1024));
  GALAGO_TRY(const auto kv_width, json_count(*found, "kv_width", 1U << 20));
  GALAGO_TRY(const auto context, json_count(*found, "context_length", 1U << 20));
  if (!layers || !kv_width || !context)
    return Error{Errc::kFormat, "'shape' needs layers, kv_width and context_length", {}};
  return std::optional(CatalogueShape{*layers, *kv_width, *context});
}

Result<CatalogueEntry> read_entry(const json& object) {
  CatalogueEntry entry;
  GALAGO_TRY(entry.id, json_text(object, "id", kLongestNote));
  GALAGO_TRY(check_plain_name(entry.id));
  GALAGO_TRY(entry.kind, read_kind(object));
  GALAGO_TRY(entry.manifest, manifest_from_json(object));
  if (entry.manifest.publisher.empty() || entry.manifest.model.empty())
    return Error{Errc::kFormat, "publisher or model is missing", {}};
  GALAGO_TRY(entry.shape, read_shape(object));
  GALAGO_TRY(entry.note, json_text(object, "note", kLongestNote));
  entry.note = printable(entry.note, kLongestNote);
  return entry;
}

json entry_to_json(const CatalogueEntry& entry) {
  json value = manifest_to_json(entry.manifest);
  value["id"] = entry.id;
  value["kind"] = kind_name(entry.kind);
  if (entry.shape)
    value["shape"] = {{"layers", entry.shape->layers},
                      {"kv_width", entry.shape->kv_width},
                      {"context_length", entry.shape->context_length}};
  if (!entry.note.empty()) value["note"] = entry.note;
  return value;
}

Result<std::vector<CatalogueEntry>> read_catalogue(const fs::path& path) {
  GALAGO_TRY(const std::string text, read_text_file(path, kLargestCatalogue));
  auto entries = parse_catalogue(text);
  if (!entries) return std::move(entries).error().with_context(path.string());
  return entries;
}

bool has_id(const CatalogueEntry& entry, std::string_view id) {
  return ascii_lower(entry.id) == ascii_lower(id);
}

/// Adds what is not there yet.
void add_new(Catalogue& catalogue, std::vector<CatalogueEntry> entries) {
  std::copy_if(std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()),
               std::back_inserter(catalogue.entries),
               [&](const CatalogueEntry& entry) { return catalogue.find(entry.id) == nullptr; });
}

Result<std::vector<CatalogueEntry>> read_users(const fs::path& path) {
  std::error_code error;
  if (path.empty() || !fs::exists(path, error)) return std::vector<CatalogueEntry>();
  GALAGO_TRY(auto entries, read_catalogue(path));
  for (CatalogueEntry& entry : entries) entry.is_users = true;
  return entries;
}

Status change_users(FunctionRef<void(std::vector<CatalogueEntry>& entries)> change) {
  const fs::path path = user_catalogue_path();
  GALAGO_TRY(auto entries, read_users(path));
  change(entries);
  return write_user_file(path, catalogue_text(entries));
}

}  // namespace

std::string_view kind_name(CatalogueKind kind) {
  for (const auto& [known, name] : kKinds)
    if (known == kind) return name;
  return "";
}

bool CatalogueEntry::is_downloadable() const {
  return !manifest.files.empty() &&
         std::all_of(manifest.files.begin(), manifest.files.end(),
                     [&](const auto& file) { return !file_url(manifest, file).empty(); });
}

const CatalogueEntry* Catalogue::find(std::string_view id) const {
  for (const CatalogueEntry& entry : entries)
    if (has_id(entry, id)) return &entry;
  return nullptr;
}

Result<std::vector<CatalogueEntry>> parse_catalogue(std::string_view text) {
  GALAGO_TRY(const json value, parse_json_object(text, kFormat));
  GALAGO_TRY(const json models, json_objects(value, "models", kMostEntries));
  std::vector<CatalogueEntry> entries;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto entry = read_entry(models[i]);
    if (!entry) return std::move(entry).error().with_context("entry " + std::to_string(i + 1));
    ids.push_back(entry->id);
    entries.push_back(*std::move(entry));
  }
  GALAGO_TRY(check_distinct(ids));
  return entries;
}

std::string catalogue_text(std::span<const CatalogueEntry> entries) {
  json models = json::array();
  for (const CatalogueEntry& entry : entries) models.push_back(entry_to_json(entry));
  return json_file_text({{"format", kFormat}, {"models", std::move(models)}});
}

fs::path user_catalogue_path() {
  const fs::path config = user_config_folder();
  return config.empty() ? fs::path() : config / kFileName;
}

Catalogue load_catalogue() {
  Catalogue catalogue;
  const auto take = [&](Result<std::vector<CatalogueEntry>> entries) {
    if (entries)
      add_new(catalogue, *std::move(entries));
    else
      catalogue.problems.push_back(std::move(entries).error());
  };
  take(read_users(user_catalogue_path()));
  take(read_catalogue(data_folder() / kFileName));
  return catalogue;
}

Status add_to_user_catalogue(CatalogueEntry entry) {
  return change_users([&](std::vector<CatalogueEntry>& entries) {
    std::erase_if(entries, [&](const CatalogueEntry& old) { return has_id(old, entry.id); });
    entries.push_back(std::move(entry));
  });
}

Status remove_from_user_catalogue(std::string_view id) {
  return change_users([&](std::vector<CatalogueEntry>& entries) {
    std::erase_if(entries, [&](const CatalogueEntry& old) { return has_id(old, id); });
  });
}

}  // namespace galago
