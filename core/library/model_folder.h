// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The GGUF files of one folder: which are language models, which projectors (mmproj), and which
// belong together.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"

namespace galago {

struct ModelFolder {
  std::vector<std::filesystem::path> language_models;  ///< sorted
  std::vector<std::filesystem::path> projectors;       ///< sorted
  std::vector<std::filesystem::path> folders;          ///< sorted; also links to folders
  std::vector<Error> damaged;                          ///< of each *.gguf that cannot be read
};

enum class ModelFileKind { kLanguageModel, kProjector };

/// Told by general.architecture; only the file's head is read. Errors: those of GgufFile::open.
Result<ModelFileKind> model_file_kind(const std::filesystem::path& path);

/// What lies directly in `folder`. Errors: kIo.
Result<ModelFolder> read_model_folder(const std::filesystem::path& folder);

/// The projector for a language model: the only candidate, or the one whose file name shares most
/// words with the model's. An empty path when there are no candidates. Errors: kInvalidArgument,
/// which names those that fit equally well.
Result<std::filesystem::path> match_projector(const std::filesystem::path& language_model,
                                              const std::vector<std::filesystem::path>& candidates);

}  // namespace galago
