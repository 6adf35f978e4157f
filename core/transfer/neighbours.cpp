// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/neighbours.h"

#include <system_error>
#include <utility>

#include "library/manifest_place.h"
#include "library/model_folder.h"
#include "library/safe_name.h"
#include "transfer/file_hash.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

}  // namespace

Neighbours::Neighbours(fs::path folder, const std::string& language_model)
    : folder_(std::move(folder)) {
  const auto content = read_model_folder(folder_);
  if (!content) return;  // it is not there yet
  for (const fs::path& path : content->language_models) {
    const std::string name = path.filename().string();
    if (name == language_model) continue;
    auto manifest = find_manifest(folder_, name);
    manifests_.push_back(manifest ? *std::move(manifest) : std::nullopt);
  }
}

bool Neighbours::need_another(const DownloadedFile& file) const {
  if (manifests_.empty()) return false;
  bool is_theirs = false;
  bool is_certain = true;
  for (const auto& manifest : manifests_) {
    if (!manifest) {
      is_certain = false;
      continue;
    }
    for (const ManifestFile& needed : manifest->files) {
      if (needed.sha256.empty() || ascii_lower(needed.name) != ascii_lower(file.name)) continue;
      if (needed.sha256 != file.sha256) return true;
      is_theirs = true;  // if the one that is there is damaged, this repairs it
    }
  }
  std::error_code error;
  if (is_theirs || is_certain || !fs::exists(folder_ / file.name, error)) return false;
  // One of them may need it, and does not say what it has to be: it has to stay what it is.
  const auto hash = file_sha256(folder_ / file.name, {});
  return !hash || *hash != file.sha256;
}

std::string name_by_content(const DownloadedFile& file) {
  const fs::path name = file.name;
  return name.stem().string() + "-" + file.sha256.substr(0, 8) + name.extension().string();
}

}  // namespace galago
