// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Files of torch.save: ZIP archives with a pickle and a file for each storage (PyTorch 1.6 and
// later), and the older format, pickles followed by the storages.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "checkpoint/checkpoint_tensor.h"

namespace galago {

/// Whether the file begins as one of torch.save's.
bool is_torch_file(std::span<const std::byte> file);

/// The tensors of the dict that was saved; entries of other kinds are left out. Their bytes are
/// those of `file`. Errors: kFormat, kUnsupported, as those of ZipArchive and read_pickle.
Result<std::vector<CheckpointTensor>> read_torch_file(std::span<const std::byte> file);

}  // namespace galago
