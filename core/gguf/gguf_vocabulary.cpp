// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The vocabulary that a GGUF file carries, in the form the tokenizer takes.
#include <utility>

#include "gguf/gguf_reader.h"
#include "text/tokenizer.h"

namespace galago {

Vocabulary GgufFile::vocabulary() const {
  Vocabulary vocabulary;
  const auto pieces = get_string_array("tokenizer.ggml.tokens");
  if (!pieces) return vocabulary;
  vocabulary.pieces.assign(pieces->begin(), pieces->end());
  vocabulary.scores = get_f32_array("tokenizer.ggml.scores").value_or(std::vector<float>());
  vocabulary.types =
      get_i32_array("tokenizer.ggml.token_type").value_or(std::vector<std::int32_t>());
  vocabulary.unknown_id =
      get_i32("tokenizer.ggml.unknown_token_id").value_or(vocabulary.unknown_id);
  vocabulary.bos_id = get_i32("tokenizer.ggml.bos_token_id").value_or(vocabulary.bos_id);
  vocabulary.eos_id = get_i32("tokenizer.ggml.eos_token_id").value_or(vocabulary.eos_id);
  return vocabulary;
}

}  // namespace galago
