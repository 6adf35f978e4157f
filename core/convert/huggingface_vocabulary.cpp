// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/mapped_file.h"
#include "convert/huggingface_language.h"
#include "text/sentencepiece_proto.h"
#include "text/tokenizer.h"

namespace galago {
namespace {

constexpr std::int32_t kUnusedPiece = 5;

}  // namespace

Status put_vocabulary(const std::filesystem::path& tokenizer, std::int64_t vocab_size,
                      GgufHeader& header) {
  GALAGO_TRY(const auto file, MappedFile::open(tokenizer));
  auto vocabulary = read_sentencepiece_model(file->bytes());
  if (!vocabulary) return std::move(vocabulary).error().with_context(tokenizer.string());
  // Also checks the pieces.
  if (auto checked = Tokenizer::from_vocabulary(*vocabulary); !checked)
    return std::move(checked).error().with_context(tokenizer.string());
  const auto size = static_cast<std::int64_t>(vocabulary->pieces.size());
  if (size > vocab_size)
    return Error{Errc::kFormat,
                 "the tokenizer has " + std::to_string(size) + " pieces, but the model only " +
                     std::to_string(vocab_size) + ": they do not belong together",
                 {tokenizer.string()}};
  for (std::int64_t id = size; id < vocab_size; ++id) {
    vocabulary->pieces.push_back("<unused:" + std::to_string(id) + ">");
    vocabulary->scores.push_back(0);
    vocabulary->types.push_back(kUnusedPiece);
  }
  const std::vector<std::string_view> pieces(vocabulary->pieces.begin(), vocabulary->pieces.end());
  header.put_string("tokenizer.ggml.model", "llama");
  header.put_strings("tokenizer.ggml.tokens", pieces);
  header.put_array("tokenizer.ggml.scores", std::span<const float>(vocabulary->scores));
  header.put_array("tokenizer.ggml.token_type", std::span<const std::int32_t>(vocabulary->types));
  header.put("tokenizer.ggml.unknown_token_id", static_cast<std::uint32_t>(vocabulary->unknown_id));
  header.put("tokenizer.ggml.bos_token_id", static_cast<std::uint32_t>(vocabulary->bos_id));
  header.put("tokenizer.ggml.eos_token_id", static_cast<std::uint32_t>(vocabulary->eos_id));
  header.put("tokenizer.ggml.add_bos_token", true);
  header.put("tokenizer.ggml.add_eos_token", false);
  return {};
}

}  // namespace galago
