// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// An original checkpoint on its way into the library: converted where a pair would be copied.
#pragma once

#include <functional>
#include <stop_token>

#include "base/result.h"
#include "convert/huggingface_model.h"
#include "convert/mix.h"
#include "library/import_pair.h"

namespace galago::cli {

/// Writes the language model in types of `mix` and the vision file in f16, both or nothing. Without
/// names in `import`, the model is "local" and called like its folder. Errors: those of
/// HuggingFaceModel::open, convert() and StagedModel.
Result<InstalledModel> import_checkpoint(const HuggingFaceFolders& folders, Mix mix,
                                         const PairImport& import, const std::stop_token& stop,
                                         const std::function<void(double)>& progress);

}  // namespace galago::cli
