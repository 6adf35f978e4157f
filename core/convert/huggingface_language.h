// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The language model of a MobileVLM checkpoint as the GGUF file that is published for it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "convert/huggingface_config.h"
#include "convert/huggingface_weights.h"
#include "convert/tensor_source.h"
#include "gguf/gguf_header.h"

namespace galago {

/// `tokenizer`: the tokenizer.model. Errors: kIo, kFormat, kUnsupported.
Result<std::unique_ptr<const TensorSource>> language_source(
    const std::string& name, const HuggingFaceConfig& config,
    std::shared_ptr<const HuggingFaceWeights> weights, const std::filesystem::path& tokenizer);

/// Puts a sentencepiece vocabulary into the metadata. A model may have been given room for more
/// tokens than the vocabulary has: those get names that no text contains. Errors: kIo, kFormat
/// (also where the model has less room), kUnsupported (other settings than LLaMA's).
Status put_vocabulary(const std::filesystem::path& tokenizer, std::int64_t vocab_size,
                      GgufHeader& header);

}  // namespace galago
