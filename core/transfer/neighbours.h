// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The models that lie already in the folder that a download goes to: quantisations of the same
// model, say. What they are made of must stay as it is.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "library/manifest.h"
#include "transfer/download.h"

namespace galago {

class Neighbours {
 public:
  /// Those beside the model with that language model.
  Neighbours(std::filesystem::path folder, const std::string& language_model);

  /// Whether one needs the file of that name, but with other content than this one has. Blocking.
  bool need_another(const DownloadedFile& file) const;

 private:
  std::filesystem::path folder_;
  std::vector<std::optional<ModelManifest>> manifests_;  ///< one a model, as far as they are known
};

/// "mmproj-model-f16-57966afa.gguf", for a file whose name is taken.
std::string name_by_content(const DownloadedFile& file);

}  // namespace galago
