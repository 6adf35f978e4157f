// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/tensor_types.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gguf/gguf_reader.h"

namespace galago {
namespace {

// As in core/model: no larger model is read.
constexpr std::uint64_t kMostLayers = 512;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Dimensions without those of 1 at the slow end.
std::size_t rank(const GgufHeader::TensorPlace& tensor) {
  std::size_t count = tensor.shape.size();
  while (count > 0 && tensor.shape[count - 1] == 1) --count;
  return count;
}

/// 7 of "blk.7.attn_v.weight"; 0 where no number follows.
int layer_of(std::string_view name) {
  constexpr std::string_view kPrefix = "blk.";
  int layer = 0;
  if (name.substr(0, kPrefix.size()) == kPrefix)
    std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), layer);
  return std::max(layer, 0);
}

/// The header's keys to be read.
Result<std::shared_ptr<const GgufFile>> keys_of(const GgufHeader& header) {
  GALAGO_TRY(auto bytes, header.without_tensors().encode());
  const auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  return GgufFile::parse(*owner, owner);
}

std::string projector_mixes() {
  std::string names;
  for (const MixInfo& info : all_mixes())
    if (info.suits_projectors) names += (names.empty() ? "" : ", ") + std::string(info.name);
  return names;
}

}  // namespace

Result<TensorTypes> TensorTypes::create(const GgufHeader& source, Mix mix) {
  GALAGO_TRY(const auto keys, keys_of(source));
  TensorTypes types;
  types.mix_ = mix_info(mix);
  const std::string architecture(keys->get_string("general.architecture").value_or(""));
  types.is_projector_ = architecture == "clip";
  if (types.is_projector_) {
    if (!types.mix_.suits_projectors)
      return Error{Errc::kInvalidArgument,
                   "a projector (mmproj) cannot be " + std::string(types.mix_.name) +
                       "; it can be one of " + projector_mixes(),
                   {}};
    return types;
  }
  if (architecture.empty())
    return Error{Errc::kFormat, "the key general.architecture is missing", {}};
  if (architecture != "llama")
    return Error{Errc::kUnsupported,
                 "models of the architecture '" + printable(architecture) + "' cannot be converted",
                 {}};
  const std::uint64_t layers = keys->get_u64("llama.block_count").value_or(0);
  if (layers == 0 || layers > kMostLayers)
    return Error{Errc::kFormat, "the key llama.block_count is missing or makes no sense", {}};
  types.layers_ = static_cast<int>(layers);
  const std::uint64_t heads = keys->get_u64("llama.attention.head_count").value_or(1);
  const std::uint64_t shared = keys->get_u64("llama.attention.head_count_kv").value_or(heads);
  if (shared > 0)
    types.sharing_ = static_cast<int>(std::min<std::uint64_t>(heads / shared, kMostLayers));
  types.has_output_ = std::any_of(source.tensors().begin(), source.tensors().end(),
                                  [](const auto& t) { return t.name == "output.weight"; });
  return types;
}

DType TensorTypes::wanted(const GgufHeader::TensorPlace& tensor) const {
  if (tensor.dtype == DType::kI32) return DType::kI32;
  // Gains and biases: they are small, and every program wants them exact.
  if (rank(tensor) < 2) return DType::kF32;
  return is_projector_ ? choose_projector_matrix(tensor) : choose_matrix(tensor);
}

// Only what is multiplied with may be quantised. Kernels of convolutions and the table of positions
// are small and are read as f16 or f32.
DType TensorTypes::choose_projector_matrix(const GgufHeader::TensorPlace& tensor) const {
  const bool is_multiplied = rank(tensor) == 2 && ends_with(tensor.name, ".weight") &&
                             tensor.name.find("embd") == std::string::npos;
  if (is_multiplied || mix_.type == DType::kF32) return mix_.type;
  return DType::kF16;
}

DType TensorTypes::choose_matrix(const GgufHeader::TensorPlace& tensor) const {
  const std::string_view name = tensor.name;
  if (!dtype_info(mix_.type).is_quantised || mix_.type == DType::kQ8_0) return mix_.type;
  // An error here falls on every word. Without a matrix of its own the output is the embedding.
  if (name == "output.weight" || (!has_output_ && name == "token_embd.weight")) return DType::kQ6_K;
  if (ends_with(name, "attn_v.weight")) return choose_values(layer_of(name));
  if (ends_with(name, "ffn_down.weight")) return choose_feed_forward(layer_of(name));
  if (ends_with(name, "attn_output.weight")) return choose_attention_output();
  return mix_.type;
}

/// The first and last eighth of the layers, and every third between.
bool TensorTypes::gets_more_bits(int layer) const {
  const int eighth = layers_ / 8;
  return layer < eighth || layer >= 7 * layers_ / 8 || (layer - eighth) % 3 == 2;
}

DType TensorTypes::choose_values(int layer) const {
  switch (mix_.mix) {
    case Mix::kQ2_K:  // shared by many heads, the matrix is small and matters more
      return sharing_ >= 4 ? DType::kQ4_K : DType::kQ3_K;
    case Mix::kQ3_K_M:
      return layer < 2 ? DType::kQ5_K : DType::kQ4_K;
    case Mix::kQ3_K_L:
      return DType::kQ5_K;
    case Mix::kQ4_K_S:
      return layer < 4 ? DType::kQ5_K : DType::kQ4_K;
    case Mix::kQ4_K_M:
    case Mix::kQ5_K_M:
      return gets_more_bits(layer) ? DType::kQ6_K : mix_.type;
    default:
      return mix_.type;
  }
}

DType TensorTypes::choose_feed_forward(int layer) const {
  switch (mix_.mix) {
    case Mix::kQ2_K:
      return DType::kQ3_K;
    case Mix::kQ3_K_M:
      return layer < layers_ / 16 ? DType::kQ5_K : DType::kQ4_K;
    case Mix::kQ3_K_L:
      return DType::kQ5_K;
    case Mix::kQ4_K_S:
      return layer < layers_ / 8 ? DType::kQ5_K : DType::kQ4_K;
    case Mix::kQ4_K_M:
    case Mix::kQ5_K_M:
      return gets_more_bits(layer) ? DType::kQ6_K : mix_.type;
    default:
      return mix_.type;
  }
}

DType TensorTypes::choose_attention_output() const {
  switch (mix_.mix) {
    case Mix::kQ2_K:
      return DType::kQ3_K;
    case Mix::kQ3_K_M:
      return DType::kQ4_K;
    case Mix::kQ3_K_L:
      return DType::kQ5_K;
    default:
      return mix_.type;
  }
}

DType fitting_type(DType wanted, std::uint64_t cols) {
  const auto is_whole = [&](DType type) {
    return cols % static_cast<std::uint64_t>(dtype_info(type).block_size) == 0;
  };
  if (is_whole(wanted)) return wanted;
  DType instead = DType::kF16;
  if (wanted == DType::kQ2_K || wanted == DType::kQ3_K) instead = DType::kQ4_0;
  if (wanted == DType::kQ4_K) instead = DType::kQ5_0;
  if (wanted == DType::kQ5_K) instead = DType::kQ5_1;
  if (wanted == DType::kQ6_K) instead = DType::kQ8_0;
  return is_whole(instead) ? instead : DType::kF16;
}

}  // namespace galago
