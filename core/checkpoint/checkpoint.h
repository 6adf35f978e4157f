// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// All tensors of a checkpoint: a file of torch.save or safetensors, or a folder with one or with
// several and their list. The files are mapped; nothing is copied.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"
#include "checkpoint/checkpoint_tensor.h"

namespace galago {

/// Immutable once opened; safe to read from several threads.
class Checkpoint {
 public:
  /// Errors: kIo; kFormat and kUnsupported as those of read_torch_file and read_safetensors.
  static Result<Checkpoint> open_file(const std::filesystem::path& path);

  /// The checkpoint in a folder, safetensors first, as the original libraries look for it. Errors:
  /// the same; kIo when there is none.
  static Result<Checkpoint> open_folder(const std::filesystem::path& folder);

  /// Whether a folder has a checkpoint, by the names of its files.
  static bool is_in(const std::filesystem::path& folder);

  /// Sorted by name; names are unique.
  std::span<const CheckpointTensor> tensors() const { return tensors_; }

  const CheckpointTensor* find(std::string_view name) const;

 private:
  static Result<Checkpoint> open_shards(const std::filesystem::path& index);

  Status add(const std::filesystem::path& path);
  Status sort();

  std::vector<std::shared_ptr<const MappedFile>> files_;
  std::vector<CheckpointTensor> tensors_;
};

}  // namespace galago
