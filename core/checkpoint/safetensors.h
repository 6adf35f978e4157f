// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// safetensors files: a u64 length, a JSON object of that length, then the numbers of the tensors:
//   {"name": {"dtype": "F16", "shape": [rows, cols], "data_offsets": [begin, end]}, …}
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "checkpoint/checkpoint_tensor.h"

namespace galago {

/// Whether the file begins as safetensors files do.
bool is_safetensors(std::span<const std::byte> file);

/// Tensors whose bytes are those of `file`. Errors: kFormat (truncated, contradicts itself,
/// overlaps); kUnsupported (types that models of this family do not have).
Result<std::vector<CheckpointTensor>> read_safetensors(std::span<const std::byte> file);

}  // namespace galago
