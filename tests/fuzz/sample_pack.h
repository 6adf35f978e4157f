// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A small sound pack and a small sound bundle, entry by entry.
#pragma once

#include <string>
#include <vector>

#include "evil_zip.h"
#include "library/manifest.h"

namespace galago {

/// The manifest of a model "me/small", a language model and a projector of the least size.
std::string sample_manifest();
/// With that model, settings and a picture.
std::string sample_bundle_list();

/// Their entries, the first of which is `list`.
std::vector<ZipEntry> pack_entries(const std::string& list);
std::vector<ZipEntry> bundle_entries(const std::string& list);

}  // namespace galago
