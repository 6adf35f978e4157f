// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/listed_model.h"

#include <algorithm>
#include <string>

namespace galago {

const InstalledModel* find_listed(const std::vector<InstalledModel>& models,
                                  const ModelManifest& listed) {
  const ManifestFile* const wanted = listed.file(FileRole::kLanguageModel);
  const std::string id = listed.publisher + "/" + listed.model;
  const auto found = std::find_if(models.begin(), models.end(), [&](const InstalledModel& model) {
    const bool is_of_it = model.id == id || model.id.starts_with(id + "/");
    return is_of_it && wanted != nullptr && model.files.language_model.filename() == wanted->name;
  });
  return found == models.end() ? nullptr : &*found;
}

}  // namespace galago
