// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The original checkpoints of the reference data, converted.
#pragma once

#include <filesystem>
#include <string>

#include "convert/huggingface_model.h"
#include "convert/mix.h"
#include "temporary_folder.h"

namespace galago::golden {

/// The folders of one of the reference's models. That of tiny-rope4 has nothing but a config.json,
/// the rest is tiny-v1's: it is put together in `scratch`.
HuggingFaceFolders reference_checkpoint(const std::string& model, const TemporaryFolder& scratch);

/// A folder with ggml-model-f16.gguf and mmproj-model-f16.gguf, whatever the mix, made on the first
/// call. Fails the test and returns an empty path on error.
std::filesystem::path converted_pair(const std::string& model, Mix mix);

}  // namespace galago::golden
