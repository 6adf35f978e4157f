// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Whether a model that somebody lists is installed.
#pragma once

#include <vector>

#include "library/installed_models.h"
#include "library/manifest.h"

namespace galago {

/// The one that a download of `listed`, a pair, would give; or the same as another program keeps
/// it. Other quantisations that lie beside it are others. Null: it is not there.
const InstalledModel* find_listed(const std::vector<InstalledModel>& models,
                                  const ModelManifest& listed);

}  // namespace galago
