// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Files and folders that a person dropped or pointed at, in any mixture, as models that can be
// imported; and of the others, what stands in the way.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"
#include "convert/huggingface_model.h"
#include "library/model_files.h"

namespace galago {

enum class ImportKind : std::uint8_t {
  kPair,        ///< a language model and its projector
  kCheckpoint,  ///< original files or an adapter, to be converted
  kPack,        ///< a .galago file: what is in it is not looked at here
};

struct ImportSource {
  ImportKind kind = ImportKind::kPair;
  std::filesystem::path path;  ///< the pack, the checkpoint's folder, the pair's language model
  ModelFiles files;            ///< of a pair
  HuggingFaceFolders folders;  ///< of a checkpoint; base and tower, if they came along
};

enum class ImportObstacle : std::uint8_t {
  kNothing,            ///< there is no model, nor a part of one
  kNoProjector,        ///< a language model alone
  kNoLanguageModel,    ///< a projector alone
  kMismatch,           ///< the two do not belong together, or are of another family
  kSeveralProjectors,  ///< more than one would fit
  kTowerAlone,         ///< CLIP, without the model that sees through it
  kUnreadable,         ///< a damaged file, or one that may not be read
};

struct RefusedImport {
  std::filesystem::path path;
  ImportObstacle obstacle = ImportObstacle::kNothing;
  Error error;
};

struct ImportSources {
  std::vector<ImportSource> sources;
  std::vector<RefusedImport> refused;
};

/// Folders are looked through, at most three levels deep. Of a pair, one file is enough if the
/// other lies beside it, and the two may lie apart if both are given. The parts of a checkpoint
/// (base, tower) may be given as further folders. Only heads of files are read.
ImportSources find_import_sources(std::span<const std::filesystem::path> paths);

}  // namespace galago
