// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "huggingface_builder.h"

#include <cstdio>
#include <fstream>

#include "text/sentencepiece_proto.h"
#include "text/tokenizer.h"

namespace galago {
namespace {

constexpr std::int64_t kDim = 8;
constexpr std::int64_t kFfn = 12;
constexpr std::int64_t kTowerDim = 4;
constexpr std::int64_t kTowerFfn = 6;
constexpr int kTowerLayers = 2;

Vocabulary byte_vocabulary() {
  Vocabulary vocabulary;
  vocabulary.pieces = {"<unk>", "<s>", "</s>"};
  vocabulary.types = {2, 3, 3};
  for (int byte = 0; byte < 256; ++byte) {
    char piece[8];
    std::snprintf(piece, sizeof piece, "<0x%02X>", static_cast<unsigned>(byte));
    vocabulary.pieces.emplace_back(piece);
    vocabulary.types.push_back(6);
  }
  vocabulary.scores.assign(vocabulary.pieces.size(), 0.0F);
  return vocabulary;
}

void write_file(const std::filesystem::path& path, const Bytes& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

std::vector<SampleTensor> language_tensors() {
  std::vector<SampleTensor> tensors;
  const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
    tensors.push_back(sample_tensor(name, std::move(shape), StorageType::kF16));
  };
  add("model.embed_tokens.weight", {kBuilderVocabulary, kDim});
  add("lm_head.weight", {kBuilderVocabulary, kDim});
  add("model.norm.weight", {kDim});
  const std::string layer = "model.layers.0.";
  add(layer + "input_layernorm.weight", {kDim});
  add(layer + "post_attention_layernorm.weight", {kDim});
  add(layer + "self_attn.q_proj.weight", {kDim, kDim});
  add(layer + "self_attn.k_proj.weight", {kDim / 2, kDim});
  add(layer + "self_attn.v_proj.weight", {kDim / 2, kDim});
  add(layer + "self_attn.o_proj.weight", {kDim, kDim});
  add(layer + "mlp.gate_proj.weight", {kFfn, kDim});
  add(layer + "mlp.up_proj.weight", {kFfn, kDim});
  add(layer + "mlp.down_proj.weight", {kDim, kFfn});
  for (const std::string part : {"0", "2"}) {
    add("model.mm_projector." + part + ".weight", {kDim, part == "0" ? kTowerDim : kDim});
    add("model.mm_projector." + part + ".bias", {kDim});
  }
  return tensors;
}

std::vector<SampleTensor> tower_tensors() {
  std::vector<SampleTensor> tensors;
  const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
    tensors.push_back(sample_tensor("vision_model." + name, std::move(shape)));
  };
  const auto add_pair = [&](const std::string& name, std::vector<std::int64_t> shape) {
    add(name + ".bias", {shape[0]});
    add(name + ".weight", std::move(shape));
  };
  add("embeddings.class_embedding", {kTowerDim});
  add("embeddings.patch_embedding.weight", {kTowerDim, 3, 14, 14});
  add("embeddings.position_embedding.weight", {5, kTowerDim});
  add_pair("pre_layrnorm", {kTowerDim});
  for (int i = 0; i < kTowerLayers; ++i) {
    const std::string layer = "encoder.layers." + std::to_string(i) + ".";
    for (const char* part : {"q_proj", "k_proj", "v_proj", "out_proj"})
      add_pair(layer + "self_attn." + part, {kTowerDim, kTowerDim});
    add_pair(layer + "layer_norm1", {kTowerDim});
    add_pair(layer + "layer_norm2", {kTowerDim});
    add_pair(layer + "mlp.fc1", {kTowerFfn, kTowerDim});
    add_pair(layer + "mlp.fc2", {kTowerDim, kTowerFfn});
  }
  return tensors;
}

}  // namespace

HuggingFaceBuilder::HuggingFaceBuilder()
    : config({{"model_type", "mobilevlm"},
              {"hidden_act", "silu"},
              {"hidden_size", kDim},
              {"intermediate_size", kFfn},
              {"num_hidden_layers", 1},
              {"num_attention_heads", 2},
              {"num_key_value_heads", 1},
              {"vocab_size", kBuilderVocabulary},
              {"rms_norm_eps", 1e-6},
              {"rope_scaling", nullptr},
              {"image_aspect_ratio", "pad"},
              {"mm_projector_type", "mlp2x_gelu"},
              {"mm_vision_select_layer", -2},
              {"mm_vision_tower", "clip"},
              {"vision_tower_type", "clip"}}),
      clip_config({{"vision_config",
                    {{"hidden_size", kTowerDim},
                     {"intermediate_size", kTowerFfn},
                     {"num_hidden_layers", kTowerLayers},
                     {"num_attention_heads", 2},
                     {"image_size", 28},
                     {"patch_size", 14},
                     {"projection_dim", 3}}}}),
      tensors(language_tensors()),
      clip_tensors(tower_tensors()) {}

void HuggingFaceBuilder::add_tower_to_checkpoint(float value) {
  for (const SampleTensor& tensor : clip_tensors) {
    const std::vector<float> values(tensor.bytes.size() / sizeof(float), value);
    tensors.push_back(
        sample_tensor("model.vision_tower.vision_tower." + tensor.name, tensor.shape, values));
  }
}

std::filesystem::path HuggingFaceBuilder::write(const std::filesystem::path& folder,
                                                const std::string& tower) const {
  const auto model = folder / "model";
  write_file(model / "config.json", to_bytes(config.dump()));
  write_file(model / "pytorch_model.bin", build_torch_file(tensors));
  write_file(model / "tokenizer.model", to_bytes(write_sentencepiece_model(byte_vocabulary())));
  if (tower.empty()) return model;
  write_file(folder / tower / "config.json", to_bytes(clip_config.dump()));
  write_file(folder / tower / "model.safetensors", build_safetensors(clip_tensors));
  return model;
}

}  // namespace galago
