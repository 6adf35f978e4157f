// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as what lies beside an original checkpoint: the settings of the model, of its tower, of
// a LoRA adapter. They are refused with a reason, or what is read are sizes that can be.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "checkpoint/lora_adapter.h"
#include "convert/clip_config.h"
#include "convert/config_reader.h"
#include "convert/huggingface_config.h"
#include "require.h"
#include "temporary_folder.h"

namespace {

using namespace galago;

bool is_between(std::int64_t value, std::int64_t largest) { return value > 0 && value <= largest; }

void check(const HuggingFaceConfig& config) {
  require(is_between(config.n_layers, kLargestLayerCount) && is_between(config.dim, kLargestSize));
  require(is_between(config.n_heads, config.dim) && is_between(config.n_kv_heads, config.n_heads));
  require(is_between(config.vocab_size, kLargestVocabulary) && config.head_dim() > 0);
}

void check(const ClipConfig& config) {
  require(is_between(config.n_layers, kLargestLayerCount) && is_between(config.dim, kLargestSize));
  require(is_between(config.patch_size, config.image_size) && config.positions() > 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TemporaryFolder folder;
  const auto bytes = std::as_bytes(std::span(data, size));
  const std::filesystem::path config = folder.write("config.json", bytes);
  folder.write("preprocessor_config.json", bytes);
  folder.write("adapter_config.json", bytes);
  if (const auto read = HuggingFaceConfig::read(config); is_read(read)) check(*read);
  if (const auto read = ClipConfig::read(folder.path()); is_read(read)) check(*read);
  // There are no weights: everything is refused, in the end.
  require(!is_read(LoraAdapter::open(folder.path())));
  return 0;
}
