// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Addresses of files: how a repository's host forms them, and what one says about a file.
#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "gguf/printable.h"
#include "library/catalogue.h"
#include "library/safe_name.h"

namespace galago {
namespace {

constexpr std::string_view kHuggingFace = "https://huggingface.co/";

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned>(c) & 0xFFU);
    if (kPlain.find(c) != std::string_view::npos)
      encoded += c;
    else
      encoded += escape;
  }
  return encoded;
}

std::string percent_decoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::string lower = ascii_lower(text);
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size();
    const auto high = is_escape ? kDigits.find(lower[i + 1]) : std::string_view::npos;
    const auto low = is_escape ? kDigits.find(lower[i + 2]) : std::string_view::npos;
    if (high == std::string_view::npos || low == std::string_view::npos) {
      decoded += text[i];
    } else {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) parts.push_back(percent_decoded(path.substr(0, end)));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

/// What follows the host, without query and fragment.
Result<std::string_view> path_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const bool is_web = url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
  if (!is_web || printable(url, url.size()) != url)
    return Error{
        Errc::kInvalidArgument, "'" + printable(url) + "' is not an address on the web", {}};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = url.find('/');
  return slash == std::string_view::npos ? std::string_view() : url.substr(slash + 1);
}

/// Page addresses of Hugging Face (".../blob/...") are what people copy; files lie at "resolve".
std::string direct_url(const std::string& url, const std::vector<std::string>& parts) {
  const bool is_page = url.rfind(kHuggingFace, 0) == 0 && parts.size() > 4 && parts[2] == "blob";
  if (!is_page) return url;
  std::string direct(kHuggingFace);
  for (std::size_t i = 0; i < parts.size(); ++i)
    direct += (i > 0 ? "/" : "") + percent_encoded(i == 2 ? "resolve" : parts[i]);
  return direct;
}

/// Publisher, model and revision, where the address has them.
void describe_source(const std::string& url, const std::vector<std::string>& parts,
                     ModelManifest& manifest) {
  if (url.rfind(kHuggingFace, 0) == 0 && parts.size() > 4) {
    manifest.publisher = plain_name_of(parts[0]);
    manifest.model = plain_name_of(parts[1]);
    manifest.repository =
        std::string(kHuggingFace) + percent_encoded(parts[0]) + "/" + percent_encoded(parts[1]);
    manifest.revision = printable(parts[3]);
  } else {
    manifest.publisher = "other";
    const std::string& name = parts.back();
    manifest.model = plain_name_of(name.substr(0, name.rfind('.')));
  }
}

}  // namespace

std::string file_url(const ModelManifest& manifest, const ManifestFile& file) {
  if (!file.url.empty()) return file.url;
  if (manifest.repository.rfind(kHuggingFace, 0) != 0) return {};
  std::string repository = manifest.repository;
  if (repository.back() == '/') repository.pop_back();
  const std::string revision = manifest.revision.empty() ? "main" : manifest.revision;
  return repository + "/resolve/" + percent_encoded(revision) + "/" + percent_encoded(file.name);
}

Result<CatalogueEntry> entry_from_urls(std::span<const std::string> urls) {
  CatalogueEntry entry;
  ModelManifest& manifest = entry.manifest;
  for (const std::string& url : urls) {
    GALAGO_TRY(const std::string_view path, path_of(url));
    const std::vector<std::string> parts = split_path(path);
    if (parts.empty() || !ascii_lower(parts.back()).ends_with(".gguf"))
      return Error{Errc::kInvalidArgument, "'" + printable(url) + "' is not a GGUF file", {}};
    ManifestFile file;
    file.name = parts.back();
    if (!check_plain_name(file.name)) file.name = plain_name_of(file.name);
    const bool is_projector = ascii_lower(file.name).find("mmproj") != std::string::npos;
    file.role = is_projector ? FileRole::kProjector : FileRole::kLanguageModel;
    file.url = direct_url(url, parts);
    if (!is_projector) describe_source(url, parts, manifest);
    manifest.files.push_back(std::move(file));
  }
  if (manifest.files.size() != 2 || manifest.file(FileRole::kLanguageModel) == nullptr ||
      manifest.file(FileRole::kProjector) == nullptr)
    return Error{Errc::kInvalidArgument,
                 "a model is two files: give the address of the language model and that of its "
                 "projector, which has mmproj in its name",
                 {}};
  manifest.name = manifest.model;
  entry.id = plain_name_of(ascii_lower(manifest.publisher + "-" + manifest.model));
  entry.is_users = true;
  GALAGO_TRY(check_distinct({manifest.files[0].name, manifest.files[1].name}));
  return entry;
}

}  // namespace galago
