// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A vocabulary as a sentencepiece ModelProto and back: the few fields of
// google/sentencepiece's sentencepiece_model.proto that a LLaMA tokenizer uses, in protobuf's wire
// format. By hand, because the installed library brings no header for its messages, and because a
// file read here is checked before the library, which trusts its models, sees any of it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"
#include "text/tokenizer.h"

namespace galago {

/// A model with LLaMA's settings: BPE with byte fallback, no normalisation, a dummy prefix, white
/// space kept. `vocabulary` must have been checked: as many scores and types as pieces.
std::string write_sentencepiece_model(const Vocabulary& vocabulary);

/// The vocabulary of a model with those settings. Errors: kFormat (not a ModelProto), kUnsupported
/// (other settings). The pieces themselves are not checked.
Result<Vocabulary> read_sentencepiece_model(std::span<const std::byte> model);

}  // namespace galago
