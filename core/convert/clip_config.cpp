// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/clip_config.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "checkpoint/json_text.h"
#include "convert/config_reader.h"

namespace galago {
namespace {

using nlohmann::json;

constexpr std::int64_t kLargestImageSize = 2048;

Status read_tower(const json& json_config, ClipConfig& c) {
  const ConfigReader config(json_config);
  // The values that are left out of a file are those of the original library's class.
  GALAGO_TRY(c.n_layers, config.count("num_hidden_layers", kLargestLayerCount, 12));
  GALAGO_TRY(c.dim, config.count("hidden_size", kLargestSize, 768));
  GALAGO_TRY(c.ffn_dim, config.count("intermediate_size", kLargestSize, 3072));
  GALAGO_TRY(c.n_heads, config.count("num_attention_heads", kLargestSize, 12));
  GALAGO_TRY(c.image_size, config.count("image_size", kLargestImageSize, 224));
  GALAGO_TRY(c.patch_size, config.count("patch_size", kLargestImageSize, 32));
  GALAGO_TRY(c.projection_dim, config.count("projection_dim", kLargestSize, 512));
  GALAGO_TRY(c.norm_eps, config.positive("layer_norm_eps", 1e-5));
  GALAGO_TRY(config.expect("hidden_act", "quick_gelu", {"quick_gelu", "gelu"}));
  c.is_gelu = config.text("hidden_act", "") == "gelu";
  GALAGO_TRY(const std::int64_t channels, config.count("num_channels", 4, 3));
  if (channels != 3) return Error{Errc::kUnsupported, "the tower does not see RGB pictures", {}};
  if (c.image_size < c.patch_size || c.dim % c.n_heads != 0)
    return Error{Errc::kFormat, "the shape of the tower makes no sense", {}};
  return {};
}

Status read_channels(const json& config, const char* key, std::array<float, 3>& values) {
  const auto array = config.find(key);
  if (array == config.end() || array->is_null()) return {};
  bool is_good = array->is_array() && array->size() == values.size();
  for (std::size_t i = 0; i < values.size() && is_good; ++i) {
    is_good = (*array)[i].is_number();
    if (is_good) values[i] = (*array)[i].get<float>();
    is_good = is_good && std::isfinite(values[i]);
  }
  if (is_good) return {};
  return Error{
      Errc::kFormat, "the setting '" + std::string(key) + "' does not hold three numbers", {}};
}

/// How large the preprocessor makes pictures: a number, or an object with the height.
std::optional<std::int64_t> crop_size(const json& config) {
  const auto size = config.find("crop_size");
  if (size != config.end() && size->is_object()) return json_integer(*size, "height");
  return json_integer(config, "crop_size");
}

Status read_preprocessor(const json& config, ClipConfig& c) {
  GALAGO_TRY(read_channels(config, "image_mean", c.mean));
  GALAGO_TRY(read_channels(config, "image_std", c.std));
  for (const float value : c.std)
    if (value <= 0) return Error{Errc::kFormat, "the setting 'image_std' is not positive", {}};
  if (const auto size = crop_size(config); size && *size != c.image_size)
    return Error{
        Errc::kUnsupported, "pictures are prepared in another size than the tower sees them", {}};
  return {};
}

}  // namespace

Result<ClipConfig> ClipConfig::read(const std::filesystem::path& folder) {
  const auto config_path = folder / "config.json";
  GALAGO_TRY(const json config, read_json_object(config_path));
  ClipConfig c;
  // CLIP's own file describes the text tower as well; that of a vision tower alone only itself.
  const auto vision = config.find("vision_config");
  const bool is_nested = vision != config.end() && vision->is_object();
  if (Status status = read_tower(is_nested ? *vision : config, c); !status)
    return std::move(status).error().with_context(config_path.string());
  const auto preprocessor_path = folder / "preprocessor_config.json";
  std::error_code error;
  if (!std::filesystem::exists(preprocessor_path, error)) return c;
  GALAGO_TRY(const json preprocessor, read_json_object(preprocessor_path));
  if (Status status = read_preprocessor(preprocessor, c); !status)
    return std::move(status).error().with_context(preprocessor_path.string());
  return c;
}

std::optional<ClipConfig> ClipConfig::known(std::string_view name) {
  name.remove_prefix(name.rfind('/') + 1);  // npos + 1 is 0
  if (name != "clip-vit-large-patch14-336" && name != "clip-vit-large-patch14") return std::nullopt;
  ClipConfig c;
  c.n_layers = 24;
  c.dim = 1024;
  c.ffn_dim = 4096;
  c.n_heads = 16;
  c.image_size = name.ends_with("336") ? 336 : 224;
  c.patch_size = 14;
  c.projection_dim = 768;
  return c;
}

}  // namespace galago
