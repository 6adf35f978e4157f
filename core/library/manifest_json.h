// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A manifest as a JSON value: inside the catalogue as in a file of its own.
#pragma once

#include "library/json_reader.h"
#include "library/manifest.h"

namespace galago {

/// Errors: kFormat.
Result<ModelManifest> manifest_from_json(const nlohmann::json& object);
Result<ManifestFile> manifest_file_from_json(const nlohmann::json& object);

/// Without "format".
nlohmann::json manifest_to_json(const ModelManifest& manifest);

}  // namespace galago
