// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// An original checkpoint on its way into the library: converted where a pair would be copied.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "convert/huggingface_model.h"
#include "convert/mix.h"
#include "library/import_pair.h"

namespace galago {

/// What it would take on the disk in one type, both files together.
struct CheckpointSize {
  Mix mix = Mix::kF16;
  std::string_view name;  ///< of the mix
  std::uint64_t bytes = 0;
};

struct CheckpointFacts {
  std::string publisher;  ///< with the next, its name in the library if nobody gives it another
  std::string model;
  std::vector<CheckpointSize> sizes;  ///< largest first
};

/// Reads the heads of the files and plans for each of `mixes`. Errors: those of
/// HuggingFaceModel::open and plan_conversion.
Result<CheckpointFacts> read_checkpoint_facts(const HuggingFaceFolders& folders,
                                              std::span<const Mix> mixes);

/// Writes the language model in types of `mix` and the vision file in f16, both or nothing. Without
/// names in `import`, the model is "local" and called like its folder. Errors: those of
/// HuggingFaceModel::open, convert() and StagedModel.
Result<InstalledModel> import_checkpoint(const HuggingFaceFolders& folders, Mix mix,
                                         const PairImport& import, const std::stop_token& stop,
                                         const std::function<void(double)>& progress);

}  // namespace galago
