// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/lora_adapter.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "checkpoint/json_text.h"
#include "gguf/printable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kConfigFile = "adapter_config.json";
constexpr std::array kTensorFiles = {"adapter_model.safetensors", "adapter_model.bin"};
constexpr std::int64_t kLargestRank = 1 << 14;

// peft names what it wraps "base_model.model.<name in the model>".
constexpr std::string_view kPrefix = "base_model.model.";

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

Error unsupported(const std::string& what) {
  return {Errc::kUnsupported, "this adapter " + what + ", which cannot be merged", {}};
}

/// Whether a member asks for something: it is there and not null, false, 0 or empty.
bool asks_for(const json& config, const char* key) {
  const auto value = config.find(key);
  if (value == config.end() || value->is_null()) return false;
  if (value->is_boolean()) return value->get<bool>();
  return value->is_structured() ? !value->empty() : true;
}

Status check_kind(const json& config) {
  if (json_string(config, "peft_type").value_or("LORA") != "LORA")
    return unsupported("is not a LoRA");
  for (const char* key : {"fan_in_fan_out", "use_rslora", "use_dora", "rank_pattern",
                          "alpha_pattern", "modules_to_save", "megatron_config"})
    if (asks_for(config, key)) return unsupported("uses '" + std::string(key) + "'");
  if (json_string(config, "bias").value_or("none") != "none") return unsupported("changes biases");
  return {};
}

/// "model.layers.0.mlp.up_proj" and 'A' or 'B'; nothing for names of another kind.
struct AdapterKey {
  std::string module;
  char matrix = 0;
};

std::optional<AdapterKey> parse_key(std::string_view key) {
  if (!key.starts_with(kPrefix)) return std::nullopt;
  key.remove_prefix(kPrefix.size());
  for (const std::string_view ending : {".weight", ".default.weight"})
    for (const char matrix : {'A', 'B'}) {
      const std::string full = std::string(".lora_") + matrix + std::string(ending);
      if (key.ends_with(full))
        return AdapterKey{std::string(key.substr(0, key.size() - full.size())), matrix};
    }
  return std::nullopt;
}

}  // namespace

bool LoraAdapter::is_in(const fs::path& folder) { return is_file(folder / kConfigFile); }

Status LoraAdapter::collect_pairs(std::int64_t rank) {
  for (const CheckpointTensor& tensor : checkpoint_.tensors()) {
    const auto key = parse_key(tensor.name);
    if (!key) return unsupported("holds the tensor '" + printable(tensor.name, 80) + "'");
    LoraPair& pair = pairs_[key->module + ".weight"];
    (key->matrix == 'A' ? pair.a : pair.b) = &tensor;
  }
  for (const auto& [name, pair] : pairs_) {
    const bool is_whole = pair.a != nullptr && pair.b != nullptr && pair.a->shape.size() == 2 &&
                          pair.b->shape.size() == 2 && pair.a->shape[0] == rank &&
                          pair.b->shape[1] == rank;
    if (!is_whole)
      return Error{Errc::kFormat,
                   "the adapter's matrices for '" + printable(name, 80) +
                       "' are incomplete or not of the rank " + std::to_string(rank),
                   {}};
  }
  return {};
}

Result<LoraAdapter> LoraAdapter::open(const fs::path& folder) {
  const fs::path config_path = folder / kConfigFile;
  GALAGO_TRY(const json config, read_json_object(config_path));
  if (Status status = check_kind(config); !status)
    return std::move(status).error().with_context(config_path.string());
  const auto rank = json_integer(config, "r");
  const auto alpha = json_number(config, "lora_alpha");
  if (!rank || *rank < 1 || *rank > kLargestRank || !alpha || !std::isfinite(*alpha))
    return Error{Errc::kFormat, "r or lora_alpha are missing or absurd", {config_path.string()}};
  LoraAdapter adapter;
  adapter.scale_ = static_cast<float>(*alpha / static_cast<double>(*rank));
  adapter.base_name_ = json_string(config, "base_model_name_or_path").value_or("");
  fs::path tensors = folder / kTensorFiles[0];
  if (!is_file(tensors)) tensors = folder / kTensorFiles[1];
  GALAGO_TRY(adapter.checkpoint_, Checkpoint::open_file(tensors));
  if (Status status = adapter.collect_pairs(*rank); !status)
    return std::move(status).error().with_context(tensors.string());
  return adapter;
}

}  // namespace galago
