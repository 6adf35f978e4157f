// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "model/model_config.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace galago {
namespace {

// Far above any model of this family, low enough that products of two stay in 64 bits and a
// malicious file cannot ask for absurd buffers.
constexpr int kLargestDimension = 1 << 17;
constexpr int kLargestVocabulary = 1 << 20;
constexpr int kLargestLayerCount = 512;
constexpr int kLargestImageSize = 2048;

/// Reads the keys of one architecture ("llama.", "clip.") with the checks they all need.
class KeyReader {
 public:
  KeyReader(const GgufFile& file, std::string prefix) : file_(file), prefix_(std::move(prefix)) {}

  Result<int> count(const std::string& key, int largest) const {
    const auto value = file_.get_u64(prefix_ + key);
    if (!value) return missing(key);
    return checked(key, *value, largest);
  }

  Result<int> count_or(const std::string& key, int fallback, int largest) const {
    const auto value = file_.get_u64(prefix_ + key);
    return value ? checked(key, *value, largest) : Result<int>(fallback);
  }

  /// A positive finite number.
  Result<float> positive(const std::string& key, std::optional<float> fallback) const {
    const auto value = file_.get_f32(prefix_ + key);
    if (!value && !fallback) return missing(key);
    const float number = value ? *value : *fallback;
    if (!std::isfinite(number) || number <= 0)
      return Error{Errc::kFormat, "the key " + prefix_ + key + " is not a positive number", {}};
    return number;
  }

  bool flag(const std::string& key) const { return file_.get_bool(prefix_ + key).value_or(false); }

 private:
  Error missing(const std::string& key) const {
    return {Errc::kFormat, "the key " + prefix_ + key + " is missing", {}};
  }

  Result<int> checked(const std::string& key, std::uint64_t value, int largest) const {
    if (value == 0 || value > static_cast<std::uint64_t>(largest))
      return Error{Errc::kFormat,
                   "the key " + prefix_ + key + " is " + std::to_string(value) +
                       ", which is not between 1 and " + std::to_string(largest),
                   {}};
    return static_cast<int>(value);
  }

  const GgufFile& file_;
  std::string prefix_;
};

Status expect_architecture(const GgufFile& file, std::string_view expected,
                           std::string_view purpose) {
  const std::string found(file.get_string("general.architecture").value_or(""));
  if (found == expected) return {};
  if (found.empty()) return Error{Errc::kFormat, "the key general.architecture is missing", {}};
  return Error{Errc::kUnsupported,
               "this file's architecture is '" + printable(found) + "', but " +
                   std::string(purpose) + " must be '" + std::string(expected) + "'",
               {}};
}

/// The divisor of positions, under the names of several years of converters.
Result<float> read_rope_scale(const GgufFile& file, const KeyReader& keys) {
  const std::string kind(file.get_string("llama.rope.scaling.type").value_or(""));
  if (!kind.empty() && kind != "linear" && kind != "none")
    return Error{Errc::kUnsupported,
                 "RoPE scaling of the kind '" + printable(kind) + "' is not supported",
                 {}};
  if (kind == "none") return 1.0F;
  if (file.get_f32("llama.rope.scaling.factor")) return keys.positive("rope.scaling.factor", {});
  return keys.positive("rope.scale_linear", 1.0F);
}

int vocabulary_size(const GgufFile& file) {
  // The embedding's rows are what ids may index, whatever the keys say.
  const GgufTensor* table = file.find("token_embd.weight");
  return table == nullptr || table->shape.size() != 2 || table->shape[1] > kLargestVocabulary
             ? 0
             : static_cast<int>(table->shape[1]);
}

Result<ProjectorKind> read_projector(const GgufFile& file) {
  auto name = file.get_string("clip.projector_type");
  if (!name) name = file.get_string("clip.vision.projector_type");
  // LLaVA 1.5's first files name none.
  if (!name || *name == "mlp" || *name == "mlp2x_gelu")
    return file.find("mm.2.weight") != nullptr || name ? ProjectorKind::kMlp
                                                       : ProjectorKind::kLinear;
  if (*name == "ldp") return ProjectorKind::kLdp;
  if (*name == "ldpv2") return ProjectorKind::kLdpV2;
  if (*name == "linear") return ProjectorKind::kLinear;
  return Error{Errc::kUnsupported,
               "the projector '" + printable(*name) +
                   "' is not one of those this program runs: ldp, ldpv2, mlp, linear",
               {}};
}

Status read_normalisation(const GgufFile& file, std::string_view key,
                          std::array<float, 3>& values) {
  const auto stored = file.get_f32_array(key);
  if (!stored) return {};  // CLIP's values stay
  if (stored->size() != 3)
    return Error{Errc::kFormat, "the key " + std::string(key) + " does not hold three numbers", {}};
  for (std::size_t i = 0; i < 3; ++i) {
    values[i] = (*stored)[i];
    if (!std::isfinite(values[i]))
      return Error{Errc::kFormat, "the key " + std::string(key) + " holds no numbers", {}};
  }
  return {};
}

/// How many blocks give the features: `clip.vision.feature_layer`, an index of hidden states, else
/// all that are stored (published files leave out the last block, which is never used).
Result<int> feature_layers(const GgufFile& file, int stored) {
  const auto layers = file.get_i32_array("clip.vision.feature_layer");
  if (!layers || layers->empty()) return stored;
  const std::int32_t last = layers->back();
  const std::int32_t index = last < 0 ? stored + 1 + last : last;
  if (layers->size() > 1)
    return Error{Errc::kUnsupported, "features of several layers are not supported", {}};
  if (index < 1 || index > stored)
    return Error{Errc::kFormat,
                 "the feature layer " + std::to_string(last) + " is outside the " +
                     std::to_string(stored) + " blocks of the tower",
                 {}};
  return index;
}

}  // namespace

Result<LanguageConfig> LanguageConfig::read(const GgufFile& file) {
  GALAGO_TRY(expect_architecture(file, "llama", "a language model"));
  const KeyReader keys(file, "llama.");
  LanguageConfig c;
  c.name = printable(file.get_string("general.name").value_or(""));
  GALAGO_TRY(c.n_layers, keys.count("block_count", kLargestLayerCount));
  GALAGO_TRY(c.dim, keys.count("embedding_length", kLargestDimension));
  GALAGO_TRY(c.ffn_dim, keys.count("feed_forward_length", kLargestDimension));
  GALAGO_TRY(c.n_heads, keys.count("attention.head_count", kLargestDimension));
  GALAGO_TRY(c.n_kv_heads, keys.count_or("attention.head_count_kv", c.n_heads, c.n_heads));
  GALAGO_TRY(c.head_dim, keys.count_or("attention.key_length", std::max(1, c.dim / c.n_heads),
                                       kLargestDimension));
  GALAGO_TRY(c.rope_dim, keys.count_or("rope.dimension_count", c.head_dim, c.head_dim));
  GALAGO_TRY(c.context_length, keys.count_or("context_length", 2048, 1 << 20));
  GALAGO_TRY(c.norm_eps, keys.positive("attention.layer_norm_rms_epsilon", {}));
  GALAGO_TRY(c.rope_theta, keys.positive("rope.freq_base", 10000.0F));
  GALAGO_TRY(c.rope_scale, read_rope_scale(file, keys));
  c.vocab_size = vocabulary_size(file);
  if (c.vocab_size == 0)
    return Error{Errc::kFormat, "the tensor token_embd.weight is missing or not a matrix", {}};
  if (c.n_heads % c.n_kv_heads != 0)
    return Error{Errc::kFormat,
                 std::to_string(c.n_heads) + " heads cannot share " + std::to_string(c.n_kv_heads) +
                     " key-value heads evenly",
                 {}};
  if (c.rope_dim % 2 != 0 || static_cast<std::int64_t>(c.n_heads) * c.head_dim > kLargestDimension)
    return Error{Errc::kFormat, "the shape of the attention heads makes no sense", {}};
  if (file.get_u64("llama.expert_count").value_or(0) > 0 ||
      file.find("rope_freqs.weight") != nullptr)
    return Error{Errc::kUnsupported,
                 "this LLaMA variant (experts, or frequencies of its own) is not supported",
                 {}};
  return c;
}

std::string_view projector_name(ProjectorKind kind) {
  switch (kind) {
    case ProjectorKind::kLdp:
      return "ldp";
    case ProjectorKind::kLdpV2:
      return "ldpv2";
    case ProjectorKind::kMlp:
      return "mlp";
    case ProjectorKind::kLinear:
      return "linear";
  }
  return "";
}

Grid VisionConfig::token_grid() const {
  const Grid g = grid();
  if (projector == ProjectorKind::kLdp || projector == ProjectorKind::kLdpV2)
    return {(g.height + 1) / 2, (g.width + 1) / 2};
  return g;
}

Result<VisionConfig> VisionConfig::read(const GgufFile& file) {
  GALAGO_TRY(expect_architecture(file, "clip", "a vision file (mmproj)"));
  const KeyReader keys(file, "clip.vision.");
  const KeyReader clip(file, "clip.");
  if (file.get_bool("clip.has_vision_encoder").has_value() && !clip.flag("has_vision_encoder"))
    return Error{Errc::kUnsupported, "this file holds no vision tower", {}};
  VisionConfig c;
  c.name = printable(file.get_string("general.name").value_or(""));
  GALAGO_TRY(const int stored, keys.count("block_count", kLargestLayerCount));
  GALAGO_TRY(c.n_layers, feature_layers(file, stored));
  GALAGO_TRY(c.dim, keys.count("embedding_length", kLargestDimension));
  GALAGO_TRY(c.ffn_dim, keys.count("feed_forward_length", kLargestDimension));
  GALAGO_TRY(c.n_heads, keys.count("attention.head_count", kLargestDimension));
  GALAGO_TRY(c.image_size, keys.count("image_size", kLargestImageSize));
  GALAGO_TRY(c.patch_size, keys.count("patch_size", kLargestImageSize));
  GALAGO_TRY(c.norm_eps, keys.positive("attention.layer_norm_epsilon", 1e-5F));
  GALAGO_TRY(c.projector, read_projector(file));
  if (clip.flag("use_gelu")) c.activation = Activation::kGelu;
  if (clip.flag("use_silu")) c.activation = Activation::kSilu;
  GALAGO_TRY(read_normalisation(file, "clip.vision.image_mean", c.mean));
  GALAGO_TRY(read_normalisation(file, "clip.vision.image_std", c.std));
  if (std::find(c.std.begin(), c.std.end(), 0.0F) != c.std.end())
    return Error{Errc::kFormat, "the key clip.vision.image_std holds a zero", {}};
  if (c.dim % c.n_heads != 0)
    return Error{Errc::kFormat, "the tower's width is not a multiple of its heads", {}};
  if (c.image_size < c.patch_size || c.grid().positions() > 1 << 14)
    return Error{Errc::kFormat, "the tower's picture and patch sizes make no sense", {}};
  return c;
}

}  // namespace galago
