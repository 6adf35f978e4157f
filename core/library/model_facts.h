// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What the heads of a model's two files say, without loading it: whether they belong together, and
// what its memory depends on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "gguf/gguf_reader.h"

namespace galago {

/// Counts of a model that its memory depends on.
struct ModelShape {
  std::uint64_t layers = 0;
  std::uint64_t dim = 0;  ///< width of a token
  std::uint64_t ffn_dim = 0;
  std::uint64_t kv_width = 0;  ///< keys of a position in one layer
  std::uint64_t vocabulary = 0;
  std::uint64_t context_length = 0;  ///< tokens, as the file says
  std::uint64_t patches = 0;         ///< of a picture; 0: no vision tower
  std::uint64_t tower_dim = 0;
  std::uint64_t tower_ffn_dim = 0;
};

struct ModelFacts {
  std::string quantisation;  ///< of most of the language model: "q4_K"
  std::string projector;     ///< "ldp", "ldpv2", "mlp", "linear"; empty: no projector
  std::uint64_t language_bytes = 0;
  std::uint64_t projector_bytes = 0;
  std::uint64_t language_parameters = 0;
  ModelShape shape;
};

/// `projector` may be empty. Errors: kIo, kFormat; kUnsupported, where one of the files is not of
/// this family or the two do not belong together.
Result<ModelFacts> read_model_facts(const std::filesystem::path& language_model,
                                    const std::filesystem::path& projector);

/// Whether the projector makes tokens that the language model reads, of what its own tower sees.
/// Errors: kUnsupported, with both widths and what to do.
Status check_pair(const GgufFile& language_model, const GgufFile& projector);

}  // namespace galago
