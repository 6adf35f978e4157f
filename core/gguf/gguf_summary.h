// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a person wants to know of a GGUF file, without loading it: `galago-cli inspect`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gguf/gguf_reader.h"

namespace galago {

/// All text that comes from the file is printable(): safe for a terminal, long values shortened.
struct GgufSummary {
  enum class Kind { kLanguageModel, kProjector, kOther };

  /// A number the file states, in the words of a person: {"layers", "24"}.
  using Fact = std::pair<std::string, std::string>;

  struct TypeShare {
    std::string type;
    std::uint64_t tensors = 0;
    std::uint64_t elements = 0;
    std::uint64_t bytes = 0;  ///< 0 for types that this program does not read
    bool is_supported = true;
  };

  struct TensorLine {
    std::string name;
    std::vector<std::uint64_t> shape;  ///< slowest dimension first: [rows, cols]
    std::string type;
    std::uint64_t bytes = 0;
  };

  Kind kind = Kind::kOther;
  std::uint32_t gguf_version = 0;
  std::uint64_t file_bytes = 0;
  std::string architecture;
  std::string name;
  std::uint64_t parameter_count = 0;
  std::vector<TypeShare> types;  ///< the one with most bytes first

  std::vector<Fact> shape;  ///< layers, widths, heads, picture size …, in reading order
  std::optional<std::uint64_t> context_length;  ///< in tokens
  std::string rope_scaling;                     ///< "linear × 4"; "none"; empty: no language model
  std::optional<std::uint64_t> vocabulary_size;
  std::string projector_type;   ///< empty: no projector
  std::string prompt_template;  ///< the one this program uses; empty: no language model
  std::optional<std::string> file_template;  ///< tokenizer.chat_template, which is not used

  std::vector<Fact> metadata;  ///< every key with its value
  std::vector<TensorLine> tensors;
};

GgufSummary summarise(const GgufFile& file);

/// "language model", "projector (mmproj)", "other"
std::string kind_name(GgufSummary::Kind kind);

enum class SummaryDetail { kOverview, kMetadata, kMetadataAndTensors };

/// For a terminal, ending in a line break.
std::string to_text(const GgufSummary& summary, SummaryDetail detail);

}  // namespace galago
