// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/huggingface_vision.h"

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "convert/weight_source.h"

namespace galago {
namespace {

constexpr std::int64_t kAny = WeightSource::kAny;

/// The projector's name in GGUF files; none for a single layer, which is told by its tensors.
std::string_view gguf_projector_name(HuggingFaceProjector projector) {
  switch (projector) {
    case HuggingFaceProjector::kLdp:
      return "ldp";
    case HuggingFaceProjector::kLdpV2:
      return "ldpv2";
    case HuggingFaceProjector::kMlp:
      return "mlp";
    case HuggingFaceProjector::kLinear:
      return "";
  }
  return "";
}

void put_metadata(const std::string& name, HuggingFaceProjector projector, const ClipConfig& clip,
                  std::int64_t n_layers, GgufHeader& header) {
  const auto put = [&](std::string_view key, std::int64_t value) {
    header.put("clip.vision." + std::string(key), static_cast<std::uint32_t>(value));
  };
  header.put_string("general.architecture", "clip");
  header.put_string("general.description", "image encoder for LLaVA");
  header.put_string("general.name", name);
  header.put("clip.has_text_encoder", false);
  header.put("clip.has_vision_encoder", true);
  header.put("clip.has_llava_projector", true);
  if (const std::string_view type = gguf_projector_name(projector); !type.empty())
    header.put_string("clip.projector_type", type);
  header.put("clip.use_gelu", clip.is_gelu);
  put("image_size", clip.image_size);
  put("patch_size", clip.patch_size);
  put("embedding_length", clip.dim);
  put("feed_forward_length", clip.ffn_dim);
  put("projection_dim", clip.projection_dim);
  put("attention.head_count", clip.n_heads);
  put("block_count", n_layers);
  header.put("clip.vision.attention.layer_norm_epsilon", clip.norm_eps);
  header.put_array("clip.vision.image_mean", std::span<const float>(clip.mean));
  header.put_array("clip.vision.image_std", std::span<const float>(clip.std));
}

/// Blocks that give the features: later ones, and the norm after the last, are never computed.
Result<std::int64_t> feature_layers(const HuggingFaceConfig& config, const ClipConfig& clip) {
  const std::int64_t layer = config.feature_layer;
  const std::int64_t count = layer < 0 ? clip.n_layers + 1 + layer : layer;
  if (count < 1 || count > clip.n_layers)
    return Error{Errc::kFormat,
                 "the setting 'mm_vision_select_layer' names the layer " + std::to_string(layer) +
                     " of a tower of " + std::to_string(clip.n_layers),
                 {}};
  return count;
}

/// A matrix with its bias, or the gain and bias of a norm.
Status add_pair(WeightSource& source, const std::string& to, const std::string& from,
                std::initializer_list<std::int64_t> shape) {
  GALAGO_TRY(source.add(to + ".weight", from + ".weight", shape));
  return source.add(to + ".bias", from + ".bias", {*shape.begin()});
}

Status add_block(std::int64_t index, const HuggingFaceVision& vision, WeightSource& source) {
  const std::int64_t dim = vision.config.dim;
  const std::int64_t ffn_dim = vision.config.ffn_dim;
  const std::string to = "v.blk." + std::to_string(index) + ".";
  const std::string from = vision.tower_prefix + "encoder.layers." + std::to_string(index) + ".";
  GALAGO_TRY(add_pair(source, to + "attn_q", from + "self_attn.q_proj", {dim, dim}));
  GALAGO_TRY(add_pair(source, to + "attn_k", from + "self_attn.k_proj", {dim, dim}));
  GALAGO_TRY(add_pair(source, to + "attn_v", from + "self_attn.v_proj", {dim, dim}));
  GALAGO_TRY(add_pair(source, to + "attn_out", from + "self_attn.out_proj", {dim, dim}));
  GALAGO_TRY(add_pair(source, to + "ln1", from + "layer_norm1", {dim}));
  GALAGO_TRY(add_pair(source, to + "ln2", from + "layer_norm2", {dim}));
  // The first converter called the first matrix "down", and programs have come to expect it.
  GALAGO_TRY(add_pair(source, to + "ffn_down", from + "mlp.fc1", {ffn_dim, dim}));
  return add_pair(source, to + "ffn_up", from + "mlp.fc2", {dim, ffn_dim});
}

Status add_tower(std::int64_t n_layers, const HuggingFaceVision& vision, WeightSource& source) {
  const ClipConfig& clip = vision.config;
  const std::string& from = vision.tower_prefix;
  GALAGO_TRY(source.add("v.class_embd", from + "embeddings.class_embedding", {clip.dim}));
  GALAGO_TRY(source.add("v.patch_embd.weight", from + "embeddings.patch_embedding.weight",
                        {clip.dim, 3, clip.patch_size, clip.patch_size}));
  GALAGO_TRY(source.add("v.position_embd.weight", from + "embeddings.position_embedding.weight",
                        {clip.positions(), clip.dim}));
  // The original's spelling.
  GALAGO_TRY(add_pair(source, "v.pre_ln", from + "pre_layrnorm", {clip.dim}));
  for (std::int64_t i = 0; i < n_layers; ++i) GALAGO_TRY(add_block(i, vision, source));
  return {};
}

Status add_ldp(std::int64_t in, std::int64_t out, WeightSource& source) {
  const std::string to = "mm.model.";
  const std::string from = "model.mm_projector.model.";
  GALAGO_TRY(add_pair(source, to + "mlp.1", from + "mlp.1", {out, in}));
  GALAGO_TRY(add_pair(source, to + "mlp.3", from + "mlp.3", {out, out}));
  for (const std::string index : {"1", "2"}) {
    const std::string block = "mb_block." + index + ".block.";
    GALAGO_TRY(source.add(to + block + "0.0.weight", from + block + "0.0.weight", {out, 1, 3, 3}));
    GALAGO_TRY(add_pair(source, to + block + "0.1", from + block + "0.1", {out}));
    GALAGO_TRY(source.add(to + block + "1.fc1.weight", from + block + "1.fc1.weight", {kAny, out}));
    GALAGO_TRY(source.add(to + block + "1.fc1.bias", from + block + "1.fc1.bias", {kAny}));
    GALAGO_TRY(source.add(to + block + "1.fc2.weight", from + block + "1.fc2.weight", {out, kAny}));
    GALAGO_TRY(source.add(to + block + "1.fc2.bias", from + block + "1.fc2.bias", {out}));
    GALAGO_TRY(source.add(to + block + "2.0.weight", from + block + "2.0.weight", {out, out}));
    GALAGO_TRY(add_pair(source, to + block + "2.1", from + block + "2.1", {out}));
  }
  return {};
}

Status add_projector(const HuggingFaceConfig& config, std::int64_t in, WeightSource& source) {
  const std::int64_t out = config.dim;
  const std::string from = "model.mm_projector";
  switch (config.projector) {
    case HuggingFaceProjector::kLdp:
      return add_ldp(in, out, source);
    case HuggingFaceProjector::kLdpV2:
      GALAGO_TRY(add_pair(source, "mm.model.mlp.0", from + ".mlp.mlp.0", {out, in}));
      GALAGO_TRY(add_pair(source, "mm.model.mlp.2", from + ".mlp.mlp.2", {out, out}));
      return add_pair(source, "mm.model.peg.0", from + ".peg.peg.0", {out, 1, 3, 3});
    case HuggingFaceProjector::kMlp:
      GALAGO_TRY(add_pair(source, "mm.0", from + ".0", {out, in}));
      return add_pair(source, "mm.2", from + ".2", {out, out});
    case HuggingFaceProjector::kLinear:
      return add_pair(source, "mm.0", from, {out, in});
  }
  return Error{Errc::kInternal, "unknown projector kind", {}};
}

}  // namespace

Result<std::unique_ptr<const TensorSource>> vision_source(const std::string& name,
                                                          const HuggingFaceConfig& config,
                                                          const HuggingFaceVision& vision) {
  GALAGO_TRY(const std::int64_t n_layers, feature_layers(config, vision.config));
  auto source = std::make_unique<WeightSource>();
  put_metadata(name, config.projector, vision.config, n_layers, source->metadata());
  source->take_from(vision.tower);
  GALAGO_TRY(add_tower(n_layers, vision, *source));
  source->take_from(vision.projector);
  GALAGO_TRY(add_projector(config, vision.config.dim, *source));
  return std::unique_ptr<const TensorSource>(std::move(source));
}

}  // namespace galago
