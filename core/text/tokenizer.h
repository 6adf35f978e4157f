// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Text to ids and back, as the slow LlamaTokenizer (legacy) of Hugging Face transformers does with
// sentencepiece, from a `tokenizer.model` file or from the vocabulary in a GGUF file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace galago {

using TokenId = std::int32_t;

/// The vocabulary as GGUF stores it (`tokenizer.ggml.tokens`, `.scores`, `.token_type`, ids).
struct Vocabulary {
  std::vector<std::string> pieces;
  std::vector<float> scores;
  std::vector<std::int32_t>
      types;  ///< 1 normal, 2 unknown, 3 control, 4 user defined, 5 unused, 6 byte
  TokenId unknown_id = 0;
  TokenId bos_id = 1;
  TokenId eos_id = 2;
};

class Tokenizer {
 public:
  /// From the bytes of a sentencepiece `tokenizer.model`. Errors: kFormat, kUnsupported (not BPE,
  /// or other settings than LLaMA's), and those of from_vocabulary.
  static Result<std::unique_ptr<Tokenizer>> from_model(std::span<const std::byte> model);
  /// Rebuilds the sentencepiece model. Errors: kFormat (sizes differ, ids out of range, pieces
  /// that are duplicate, empty or no UTF-8, missing bytes), kUnsupported (absurdly large).
  static Result<std::unique_ptr<Tokenizer>> from_vocabulary(const Vocabulary& vocabulary);

  virtual ~Tokenizer() = default;

  /// Ids of a text, without BOS. The literal strings of control and unknown pieces ("<s>", "</s>",
  /// "<unk>") become their ids; each piece between them is encoded on its own with sentencepiece's
  /// dummy prefix. Safe to call from several threads. Errors: kInvalidArgument (more than 4 MiB),
  /// kInternal.
  virtual Result<std::vector<TokenId>> encode(std::string_view text) const = 0;

  /// The text of generated ids as the original prints it: control pieces skipped, leading space
  /// markers dropped as HF's batch_decode does, invalid UTF-8 replaced by U+FFFD (one per byte).
  /// Not stripped. See StreamDecoder for text that arrives id by id.
  virtual std::string decode(std::span<const TokenId> ids) const = 0;

  /// The bytes one id adds to a text in the middle of it: "▁" is a space, a byte piece is its
  /// byte, a control piece is nothing.
  virtual std::string_view piece_bytes(TokenId id) const = 0;

  virtual int vocabulary_size() const = 0;
  virtual TokenId bos_id() const = 0;
  virtual TokenId eos_id() const = 0;
  virtual TokenId unknown_id() const = 0;
};

}  // namespace galago
