// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A model of the catalogue as a download into the library.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "library/catalogue.h"
#include "transfer/download.h"

namespace galago {

/// Into publisher/model of the library, where it appears with its manifest once its files are whole
/// and, for a pair, belong together. Another quantisation that is there stays; where both need a
/// file of one name but not of one content, that which comes gets a name of its own.
/// Errors: kInvalidArgument, nobody says where its files are.
Result<DownloadRequest> model_download(const CatalogueEntry& entry,
                                       const std::filesystem::path& library);

/// Removes what has come of it. Errors: kIo, it is being downloaded now.
Status discard_download(const DownloadRequest& request);

}  // namespace galago
