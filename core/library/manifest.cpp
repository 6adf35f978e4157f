// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/manifest.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/atomic_file.h"
#include "gguf/printable.h"
#include "library/manifest_json.h"
#include "library/safe_name.h"

namespace galago {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::size_t kMostFiles = 256;
constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kLongestLicence = 1U << 18;
constexpr std::uint64_t kLargestFile = 1ULL << 50;

constexpr std::array<std::pair<FileRole, std::string_view>, 6> kRoles = {{
    {FileRole::kLanguageModel, "language_model"},
    {FileRole::kProjector, "mmproj"},
    {FileRole::kTokenizer, "tokenizer"},
    {FileRole::kLicence, "licence"},
    {FileRole::kCheckpoint, "checkpoint"},
    {FileRole::kOther, "other"},
}};

/// A role that this version does not know is no reason to refuse a model.
FileRole role_of(std::string_view name) {
  for (const auto& [role, role_text] : kRoles)
    if (role_text == name) return role;
  return FileRole::kOther;
}

Status check_hash(const std::string& hash) {
  const bool is_hash =
      hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hash.empty() || is_hash) return {};
  return Error{Errc::kFormat, "'" + printable(hash) + "' is not a SHA-256 hash", {}};
}

Status check_url(const std::string& url) {
  const bool is_url = url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
  if (url.empty() || (is_url && printable(url, kLongestText) == url)) return {};
  return Error{Errc::kFormat, "'" + printable(url) + "' is not an address on the web", {}};
}

/// A name of a folder in the library; may be absent.
Result<std::string> folder_name(const json& object, const char* key) {
  GALAGO_TRY(std::string name, json_text(object, key, kLongestText));
  if (!name.empty()) {
    GALAGO_TRY(check_plain_name(name));
  }
  return name;
}

json optional_text(const std::string& text) { return text.empty() ? json() : json(text); }

}  // namespace

std::string_view role_name(FileRole role) {
  for (const auto& [known, name] : kRoles)
    if (known == role) return name;
  return "other";
}

const ManifestFile* ModelManifest::file(FileRole role) const {
  for (const ManifestFile& file : files)
    if (file.role == role) return &file;
  return nullptr;
}

std::optional<std::uint64_t> ModelManifest::total_size() const {
  std::uint64_t total = 0;
  for (const ManifestFile& file : files) {
    if (!file.size) return {};
    total += *file.size;  // kMostFiles times kLargestFile stays in 64 bits
  }
  return files.empty() ? std::optional<std::uint64_t>() : total;
}

Result<ManifestFile> manifest_file_from_json(const json& object) {
  ManifestFile file;
  GALAGO_TRY(file.name, json_text(object, "name", kLongestText));
  GALAGO_TRY(check_plain_name(file.name));
  if (ascii_lower(file.name).ends_with(kManifestName))
    return Error{Errc::kFormat, "the manifest lists itself, or another one", {}};
  GALAGO_TRY(const std::string role, json_text(object, "role", kLongestText));
  file.role = role_of(role);
  GALAGO_TRY(file.size, json_count(object, "size", kLargestFile));
  GALAGO_TRY(file.sha256, json_text(object, "sha256", kLongestText));
  GALAGO_TRY(check_hash(file.sha256));
  GALAGO_TRY(file.url, json_text(object, "url", kLongestText));
  GALAGO_TRY(check_url(file.url));
  return file;
}

Result<ModelManifest> manifest_from_json(const json& object) {
  ModelManifest m;
  GALAGO_TRY(m.name, json_text(object, "name", kLongestText));
  m.name = printable(m.name);
  GALAGO_TRY(m.publisher, folder_name(object, "publisher"));
  GALAGO_TRY(m.model, folder_name(object, "model"));
  const auto source = object.find("source");
  if (source != object.end()) {
    GALAGO_TRY(m.repository, json_text(*source, "repository", kLongestText));
    GALAGO_TRY(check_url(m.repository));
    GALAGO_TRY(m.revision, json_text(*source, "revision", kLongestText));
    m.revision = printable(m.revision);
  }
  GALAGO_TRY(m.licence, json_text(object, "licence", kLongestLicence));
  GALAGO_TRY(m.quantisation, json_text(object, "quantisation", kLongestText));
  m.quantisation = printable(m.quantisation);
  GALAGO_TRY(m.prompt_template, json_text(object, "prompt_template", kLongestText));
  m.prompt_template = printable(m.prompt_template);
  GALAGO_TRY(const json files, json_objects(object, "files", kMostFiles));
  std::vector<std::string> names;
  for (const json& item : files) {
    GALAGO_TRY(ManifestFile file, manifest_file_from_json(item));
    names.push_back(file.name);
    m.files.push_back(std::move(file));
  }
  GALAGO_TRY(check_distinct(names));
  return m;
}

json manifest_to_json(const ModelManifest& m) {
  json files = json::array();
  for (const ManifestFile& file : m.files) {
    json item = {{"name", file.name},
                 {"role", role_name(file.role)},
                 {"size", file.size ? json(*file.size) : json()},
                 {"sha256", optional_text(file.sha256)}};
    if (!file.url.empty()) item["url"] = file.url;
    files.push_back(std::move(item));
  }
  return {{"name", m.name},
          {"publisher", optional_text(m.publisher)},
          {"model", optional_text(m.model)},
          {"source",
           {{"repository", optional_text(m.repository)}, {"revision", optional_text(m.revision)}}},
          {"licence", optional_text(m.licence)},
          {"quantisation", optional_text(m.quantisation)},
          {"prompt_template", optional_text(m.prompt_template)},
          {"files", std::move(files)}};
}

Result<ModelManifest> parse_manifest(std::string_view text) {
  if (text.size() > kLargestManifest)
    return Error{Errc::kFormat, "the manifest is larger than one can be", {}};
  GALAGO_TRY(const json value, parse_json_object(text, kFormat));
  return manifest_from_json(value);
}

std::string manifest_text(const ModelManifest& manifest) {
  json value = manifest_to_json(manifest);
  value["format"] = kFormat;
  return json_file_text(value);
}

Status check_installable(const ModelManifest& m) {
  if (m.publisher.empty() || m.model.empty())
    return Error{
        Errc::kFormat, "the manifest does not say what publisher and model are called", {}};
  const auto count = [&](FileRole role) {
    return std::count_if(m.files.begin(), m.files.end(),
                         [role](const ManifestFile& file) { return file.role == role; });
  };
  if (count(FileRole::kLanguageModel) != 1 || count(FileRole::kProjector) != 1)
    return Error{Errc::kFormat,
                 "a model is one language model and one projector (mmproj); the manifest lists "
                 "something else",
                 {}};
  if (!m.total_size())
    return Error{Errc::kFormat, "the manifest does not say how large each file is", {}};
  return {};
}

Result<ModelManifest> read_manifest(const std::filesystem::path& folder, const std::string& name) {
  const std::filesystem::path path = folder / name;
  GALAGO_TRY(const std::string text, read_text_file(path, kLargestManifest));
  auto manifest = parse_manifest(text);
  if (!manifest) return std::move(manifest).error().with_context(path.string());
  return manifest;
}

Status write_manifest(const std::filesystem::path& folder, const ModelManifest& manifest,
                      const std::string& name) {
  return write_text_file(folder / name, manifest_text(manifest));
}

}  // namespace galago
