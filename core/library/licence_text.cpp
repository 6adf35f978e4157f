// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/licence_text.h"

#include <algorithm>

#include "library/data_folder.h"
#include "library/json_reader.h"
#include "library/safe_name.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestText = 1U << 20;
constexpr std::size_t kLongestIdentifier = 64;

/// Letters, digits, dots, dashes and plus signs: "Apache-2.0", "GPL-2.0+".
bool is_identifier(const std::string& text) {
  constexpr std::string_view kOthers = ".-+";
  return !text.empty() && text.size() <= kLongestIdentifier &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  kOthers.find(c) != std::string_view::npos;
         });
}

/// Empty: there is no such file, or it is no text to show.
std::string text_of(const fs::path& path) {
  auto text = read_text_file(path, kLargestText);
  return text ? *std::move(text) : std::string();
}

}  // namespace

Licence licence_of(const ModelManifest& manifest, const fs::path& folder) {
  Licence licence;
  const ManifestFile* const file = manifest.file(FileRole::kLicence);
  if (file != nullptr && !folder.empty() && check_plain_name(file->name))
    licence.text = text_of(folder / file->name);
  const bool is_named = is_identifier(manifest.licence);
  if (is_named)
    licence.name = manifest.licence;
  else if (licence.text.empty())
    licence.text = manifest.licence;
  if (is_named && licence.text.empty() && check_plain_name(manifest.licence))
    licence.text = text_of(data_folder() / "licences" / (manifest.licence + ".txt"));
  licence.url = manifest.repository;
  if (licence.url.empty() && is_named)
    licence.url = "https://spdx.org/licenses/" + manifest.licence + ".html";
  return licence;
}

}  // namespace galago
