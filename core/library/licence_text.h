// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Under which licence a model is published, to be read before it is downloaded and while it is
// used.
#pragma once

#include <filesystem>
#include <string>

#include "library/manifest.h"

namespace galago {

/// Texts are empty where nothing is known.
struct Licence {
  std::string name;  ///< SPDX identifier
  std::string text;
  std::string url;  ///< where its publisher, or else the licence's list, says more
};

/// `folder`: the model's, for a text that came with it; empty: it is not here yet. Texts of the
/// licences that the catalogue names are among Galago's own files.
Licence licence_of(const ModelManifest& manifest, const std::filesystem::path& folder = {});

}  // namespace galago
