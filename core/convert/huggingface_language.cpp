// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/huggingface_language.h"

#include <utility>

#include "convert/weight_source.h"

namespace galago {
namespace {

void put_metadata(const std::string& name, const HuggingFaceConfig& config, GgufHeader& header) {
  const auto put = [&](std::string_view key, std::int64_t value) {
    header.put("llama." + std::string(key), static_cast<std::uint32_t>(value));
  };
  header.put_string("general.architecture", "llama");
  header.put_string("general.name", name);
  put("context_length", config.context_length);
  put("embedding_length", config.dim);
  put("block_count", config.n_layers);
  put("feed_forward_length", config.ffn_dim);
  put("rope.dimension_count", config.head_dim());
  put("attention.head_count", config.n_heads);
  put("attention.head_count_kv", config.n_kv_heads);
  put("vocab_size", config.vocab_size);
  header.put("llama.attention.layer_norm_rms_epsilon", config.norm_eps);
  header.put("llama.rope.freq_base", config.rope_theta);
  if (config.rope_scale) {
    header.put_string("llama.rope.scaling.type", "linear");
    header.put("llama.rope.scaling.factor", *config.rope_scale);
  }
}

Status add_layer(std::int64_t index, const HuggingFaceConfig& c, WeightSource& source) {
  const std::string to = "blk." + std::to_string(index) + ".";
  const std::string from = "model.layers." + std::to_string(index) + ".";
  const std::int64_t kv_dim = c.n_kv_heads * c.head_dim();
  GALAGO_TRY(source.add(to + "attn_norm.weight", from + "input_layernorm.weight", {c.dim}));
  GALAGO_TRY(source.add(to + "ffn_norm.weight", from + "post_attention_layernorm.weight", {c.dim}));
  GALAGO_TRY(source.add_rotated(to + "attn_q.weight", from + "self_attn.q_proj.weight", c.n_heads,
                                c.head_dim(), c.dim));
  GALAGO_TRY(source.add_rotated(to + "attn_k.weight", from + "self_attn.k_proj.weight",
                                c.n_kv_heads, c.head_dim(), c.dim));
  GALAGO_TRY(source.add(to + "attn_v.weight", from + "self_attn.v_proj.weight", {kv_dim, c.dim}));
  GALAGO_TRY(
      source.add(to + "attn_output.weight", from + "self_attn.o_proj.weight", {c.dim, c.dim}));
  GALAGO_TRY(source.add(to + "ffn_gate.weight", from + "mlp.gate_proj.weight", {c.ffn_dim, c.dim}));
  GALAGO_TRY(source.add(to + "ffn_up.weight", from + "mlp.up_proj.weight", {c.ffn_dim, c.dim}));
  return source.add(to + "ffn_down.weight", from + "mlp.down_proj.weight", {c.dim, c.ffn_dim});
}

}  // namespace

Result<std::unique_ptr<const TensorSource>> language_source(
    const std::string& name, const HuggingFaceConfig& config,
    std::shared_ptr<const HuggingFaceWeights> weights, const std::filesystem::path& tokenizer) {
  auto source = std::make_unique<WeightSource>();
  source->take_from(std::move(weights));
  put_metadata(name, config, source->metadata());
  GALAGO_TRY(put_vocabulary(tokenizer, config.vocab_size, source->metadata()));
  GALAGO_TRY(source->add("token_embd.weight", "model.embed_tokens.weight",
                         {config.vocab_size, config.dim}));
  for (std::int64_t i = 0; i < config.n_layers; ++i) GALAGO_TRY(add_layer(i, config, *source));
  GALAGO_TRY(source->add("output_norm.weight", "model.norm.weight", {config.dim}));
  if (!config.has_tied_embeddings)
    GALAGO_TRY(source->add("output.weight", "lm_head.weight", {config.vocab_size, config.dim}));
  return std::unique_ptr<const TensorSource>(std::move(source));
}

}  // namespace galago
