// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// galago-bundle.json: which models a bundle holds, and its other files.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "library/manifest.h"

namespace galago {

inline constexpr const char* kBundleName = "galago-bundle.json";

struct BundleList {
  std::vector<std::pair<std::string, std::string>> models;  ///< publisher, model
  std::vector<ManifestFile> settings;                       ///< at most one
  std::vector<ManifestFile> samples;
};

/// All names are plain and distinct, all sizes and hashes are there. Errors: kFormat, kUnsupported.
Result<BundleList> parse_bundle_list(std::string_view text);
std::string bundle_list_text(const BundleList& list);

/// "models/publisher/model/" in a bundle.
std::string bundle_folder(const std::string& publisher, const std::string& model);

inline constexpr const char* kSettingsFolder = "settings/";
inline constexpr const char* kSamplesFolder = "samples/";

}  // namespace galago
