// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What `galago-cli models convert` is given: one file, or a folder that holds a model.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "convert/tensor_source.h"

namespace galago::cli {

struct ConvertInput {
  // One of them or both.
  std::unique_ptr<const TensorSource> language_model;
  std::unique_ptr<const TensorSource> projector;
  std::vector<std::filesystem::path> files;  ///< GGUF files that are read: not to be replaced
  bool is_folder = false;
};

/// Where the parts of an original model lie that are not in its folder; empty: looked for (see
/// HuggingFaceFolders).
struct OtherFolders {
  std::string base;
  std::string tower;
};

/// `path`: a GGUF file, a folder with a pair of them, or one in the layout of Hugging Face, which
/// has precedence: it is the more exact. Errors: kIo, kFormat, kUnsupported; kInvalidArgument (a
/// folder without a model, or with several).
Result<ConvertInput> open_convert_input(const std::filesystem::path& path,
                                        const OtherFolders& others);

}  // namespace galago::cli
