// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Small GGUF files in memory, for tests and as seeds of the fuzz target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gguf/gguf_header.h"
#include "gguf/gguf_reader.h"

namespace galago {

using Bytes = std::vector<std::byte>;

/// The file that a header begins; byte i of the data is i mod 251. `header` must be valid.
Bytes build_gguf(const GgufHeader& header);

/// Parses an exact copy on the heap, so that the address sanitizer sees every byte read too far.
Result<std::shared_ptr<const GgufFile>> parse_copy(std::span<const std::byte> bytes);

/// Every type of value, nested arrays, and tensors of several types and ranks.
GgufHeader sample_header();

/// The least that this program takes for a language model and for a projector; nothing to run.
GgufHeader tiny_language_model(std::string_view name);
GgufHeader tiny_projector(std::string_view projector_type);

/// Uses all that GgufFile offers, and decodes the first blocks of each tensor. Gives a number that
/// depends on everything seen, so that nothing is optimised away.
double exercise(const GgufFile& file);

}  // namespace galago
