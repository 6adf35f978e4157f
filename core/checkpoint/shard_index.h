// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The list of a checkpoint's files, pytorch_model.bin.index.json or model.safetensors.index.json:
//   {"weight_map": {"name of a tensor": "name of its file", …}}
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace galago {

/// The names of each file's tensors, by the file's name. Errors: kFormat (no such list, names that
/// lead out of the folder, absurdly many files).
Result<std::map<std::string, std::vector<std::string>>> read_shard_index(
    std::span<const std::byte> text);

/// Whether this is the name of a file in a folder, and no way to another one.
bool is_plain_file_name(const std::string& name);

}  // namespace galago
