// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/huggingface_config.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "checkpoint/json_text.h"
#include "convert/config_reader.h"
#include "gguf/printable.h"

namespace galago {
namespace {

using nlohmann::json;

constexpr std::int64_t kDefaultContext = 2048;  // of LLaMA, and of the original loader

Error unsupported(std::string detail) { return {Errc::kUnsupported, std::move(detail), {}}; }

Result<std::optional<float>> read_rope_scale(const json& config) {
  const auto scaling = config.find("rope_scaling");
  if (scaling == config.end() || scaling->is_null()) return std::optional<float>();
  if (!scaling->is_object())
    return Error{Errc::kFormat, "the setting 'rope_scaling' is no object", {}};
  const ConfigReader reader(*scaling);
  // Later versions of the library call it rope_type.
  const std::string kind = reader.text("type", reader.text("rope_type", ""));
  if (kind == "default") return std::optional<float>();
  if (kind != "linear")
    return unsupported("RoPE scaling of the kind '" + printable(kind, 40) + "' is not supported");
  GALAGO_TRY(const float factor, reader.positive("factor"));
  return std::optional<float>(factor);
}

Status read_language(const json& json_config, HuggingFaceConfig& c) {
  const ConfigReader config(json_config);
  GALAGO_TRY(config.expect("model_type", "", {"mobilevlm", "mobilellama", "llava", "llava_llama"}));
  GALAGO_TRY(config.expect("hidden_act", "silu", {"silu"}));
  if (config.flag("attention_bias") || config.flag("mlp_bias"))
    return unsupported("language models with biases are not supported");
  GALAGO_TRY(c.n_layers, config.count("num_hidden_layers", kLargestLayerCount));
  GALAGO_TRY(c.dim, config.count("hidden_size", kLargestSize));
  GALAGO_TRY(c.ffn_dim, config.count("intermediate_size", kLargestSize));
  GALAGO_TRY(c.n_heads, config.count("num_attention_heads", c.dim));
  GALAGO_TRY(c.n_kv_heads, config.count("num_key_value_heads", c.n_heads, c.n_heads));
  GALAGO_TRY(c.vocab_size, config.count("vocab_size", kLargestVocabulary));
  GALAGO_TRY(c.norm_eps, config.positive("rms_norm_eps", 1e-6));
  GALAGO_TRY(c.rope_theta, config.positive("rope_theta", 10000.0));
  GALAGO_TRY(c.rope_scale, read_rope_scale(json_config));
  // GGUF has the length before positions are scaled; max_sequence_length is the one after it.
  GALAGO_TRY(c.context_length,
             config.count(c.rope_scale ? "max_position_embeddings" : "max_sequence_length",
                          kLargestContext, kDefaultContext));
  c.has_tied_embeddings = config.flag("tie_word_embeddings");
  if (c.dim % c.n_heads != 0 || c.head_dim() % 2 != 0 || c.n_heads % c.n_kv_heads != 0)
    return Error{Errc::kFormat, "the shape of the attention heads makes no sense", {}};
  GALAGO_TRY(const std::int64_t head_dim, config.count("head_dim", kLargestSize, c.head_dim()));
  if (head_dim != c.head_dim())
    return unsupported(
        "attention heads of another width than hidden_size / num_attention_heads "
        "are not supported");
  return {};
}

Status read_pictures(const json& json_config, HuggingFaceConfig& c) {
  const ConfigReader config(json_config);
  const std::string projector = config.text("mm_projector_type", "");
  c.tower_name = config.text("mm_vision_tower", "");
  if (c.tower_name.empty())
    return unsupported(
        "config.json names no vision tower: this is a language model that sees no "
        "pictures");
  if (projector == "ldpnet") {
    c.projector = HuggingFaceProjector::kLdp;
  } else if (projector == "ldpnetv2") {
    c.projector = HuggingFaceProjector::kLdpV2;
  } else if (projector == "mlp2x_gelu") {
    c.projector = HuggingFaceProjector::kMlp;
  } else if (projector == "linear" || projector.empty()) {
    c.projector = HuggingFaceProjector::kLinear;
  } else {
    return unsupported("the projector '" + printable(projector, 40) +
                       "' is not one of those this program runs: ldpnet, ldpnetv2, mlp2x_gelu, "
                       "linear");
  }
  c.is_tower_in_checkpoint = projector.find("v2") != std::string::npos;
  GALAGO_TRY(config.expect("vision_tower_type", "clip", {"clip"}));
  GALAGO_TRY(config.expect("mm_vision_select_feature", "patch", {"patch"}));
  // Other ways to fit a picture are chosen beside the weights, and GGUF has no key for them.
  GALAGO_TRY(config.expect("image_aspect_ratio", "pad", {"pad"}));
  if (config.flag("mm_use_im_start_end"))
    return unsupported(
        "models that put marks around pictures (mm_use_im_start_end) are not "
        "supported");
  if (const auto layer = json_integer(json_config, "mm_vision_select_layer"))
    c.feature_layer = *layer;
  return {};
}

}  // namespace

Result<HuggingFaceConfig> HuggingFaceConfig::read(const std::filesystem::path& path) {
  GALAGO_TRY(const json config, read_json_object(path));
  HuggingFaceConfig c;
  Status status = read_language(config, c);
  if (status) status = read_pictures(config, c);
  if (!status) return std::move(status).error().with_context(path.string());
  return c;
}

}  // namespace galago
