// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "library/model_facts.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace galago {
namespace {

// Above any model of this family; products of a few of them stay in 64 bits.
constexpr std::uint64_t kLargestCount = 1U << 20;

struct Projector {
  std::string_view kind;
  std::string_view first;  ///< reads the tower's features
  std::string_view last;   ///< makes the language model's tokens
};

constexpr std::array<Projector, 5> kProjectors = {{
    {"ldp", "mm.model.mlp.1.weight", "mm.model.mlp.3.weight"},
    {"ldpv2", "mm.model.mlp.0.weight", "mm.model.mlp.2.weight"},
    {"mlp", "mm.0.weight", "mm.2.weight"},
    {"linear", "mm.0.weight", "mm.0.weight"},
    {"linear", "mm.weight", "mm.weight"},
}};

std::uint64_t count(const GgufFile& file, std::string_view key, std::uint64_t fallback = 0) {
  return std::min(file.get_u64(key).value_or(fallback), kLargestCount);
}

const Projector* find_projector(const GgufFile& file) {
  for (const Projector& known : kProjectors)
    if (file.find(known.first) != nullptr && file.find(known.last) != nullptr) return &known;
  return nullptr;
}

/// Of a matrix [rows, cols]; 0: it is none.
std::uint64_t rows_of(const GgufFile& file, std::string_view name) {
  const GgufTensor* tensor = file.find(name);
  return tensor == nullptr || tensor->shape.size() != 2 ? 0 : tensor->shape[1];
}

std::uint64_t cols_of(const GgufFile& file, std::string_view name) {
  const GgufTensor* tensor = file.find(name);
  return tensor == nullptr || tensor->shape.size() != 2 ? 0 : tensor->shape[0];
}

Error unsupported(std::string detail) { return {Errc::kUnsupported, std::move(detail), {}}; }

Status read_language(const GgufFile& file, ModelFacts& facts) {
  const std::string architecture(file.get_string("general.architecture").value_or(""));
  if (architecture != "llama")
    return unsupported("the language model is of the kind '" + printable(architecture) +
                       "', but those of MobileVLM are 'llama'");
  facts.quantisation = std::string(dtype_info(file.commonest_type()).name);
  facts.language_bytes = file.size_bytes();
  facts.language_parameters = file.element_count();
  ModelShape& shape = facts.shape;
  shape.layers = count(file, "llama.block_count");
  shape.dim = count(file, "llama.embedding_length");
  shape.ffn_dim = count(file, "llama.feed_forward_length");
  const std::uint64_t heads = std::max<std::uint64_t>(1, count(file, "llama.attention.head_count"));
  const std::uint64_t kv_heads = count(file, "llama.attention.head_count_kv", heads);
  const std::uint64_t head_dim =
      count(file, "llama.attention.key_length", std::max<std::uint64_t>(1, shape.dim / heads));
  shape.kv_width = std::min(kv_heads * head_dim, kLargestCount);
  shape.vocabulary = std::min(rows_of(file, "token_embd.weight"), kLargestCount);
  shape.context_length = count(file, "llama.context_length", 2048);
  if (shape.layers == 0 || shape.dim == 0)
    return Error{Errc::kFormat, "the file does not say how large the language model is", {}};
  return {};
}

void read_tower(const GgufFile& file, ModelFacts& facts) {
  const Projector* projector = find_projector(file);
  facts.projector = projector == nullptr ? "" : projector->kind;
  facts.projector_bytes = file.size_bytes();
  const std::uint64_t side = count(file, "clip.vision.image_size") /
                             std::max<std::uint64_t>(1, count(file, "clip.vision.patch_size"));
  facts.shape.patches = std::min(side * side, kLargestCount);
  facts.shape.tower_dim = count(file, "clip.vision.embedding_length");
  facts.shape.tower_ffn_dim = count(file, "clip.vision.feed_forward_length");
}

}  // namespace

Status check_pair(const GgufFile& language_model, const GgufFile& projector) {
  const Projector* known = find_projector(projector);
  if (projector.get_string("general.architecture") != "clip" || known == nullptr)
    return unsupported(
        "the projector (mmproj) is not of a kind that this program runs: ldp, ldpv2, mlp, linear");
  const std::uint64_t made = rows_of(projector, known->last);
  const std::uint64_t read = count(language_model, "llama.embedding_length");
  if (made != read)
    return unsupported("the projector makes tokens of width " + std::to_string(made) +
                       ", but the language model reads width " + std::to_string(read) +
                       ": the two do not belong together; take the mmproj file that was published "
                       "with this language model");
  const std::uint64_t seen = count(projector, "clip.vision.embedding_length");
  if (cols_of(projector, known->first) != seen)
    return unsupported("the projector reads features of width " +
                       std::to_string(cols_of(projector, known->first)) +
                       ", but the vision tower beside it makes width " + std::to_string(seen) +
                       ": this mmproj file was put together wrongly; take the published one");
  return {};
}

Result<ModelFacts> read_model_facts(const std::filesystem::path& language_model,
                                    const std::filesystem::path& projector) {
  ModelFacts facts;
  GALAGO_TRY(const auto language_file, GgufFile::open(language_model));
  GALAGO_TRY(read_language(*language_file, facts));
  if (projector.empty()) return facts;
  GALAGO_TRY(const auto projector_file, GgufFile::open(projector));
  GALAGO_TRY(check_pair(*language_file, *projector_file));
  read_tower(*projector_file, facts);
  return facts;
}

}  // namespace galago
