// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/huggingface_weights.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "base/half.h"
#include "gguf/printable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReplacements = "non_lora_trainables.bin";

std::string in_quotes(std::string_view name) { return "'" + printable(name, 100) + "'"; }

float rounded(float value, DType dtype) {
  if (dtype == DType::kF16) return half_to_float(float_to_half(value));
  if (dtype == DType::kBF16) return bfloat16_to_float(float_to_bfloat16(value));
  return value;
}

/// The name in the model of a tensor of non_lora_trainables.bin, as the original loader finds it.
std::string model_name(std::string_view name, bool is_wrapped) {
  constexpr std::string_view kAdapter = "base_model.";
  constexpr std::string_view kModel = "model.";
  if (name.starts_with(kAdapter)) name.remove_prefix(kAdapter.size());
  if (is_wrapped && name.starts_with(kModel)) name.remove_prefix(kModel.size());
  return std::string(name);
}

}  // namespace

DType HuggingFaceWeight::dtype() const {
  if (tensor->type == StorageType::kF16) return DType::kF16;
  if (tensor->type == StorageType::kBF16) return DType::kBF16;
  return DType::kF32;
}

Status HuggingFaceWeight::read(std::int64_t first, std::span<float> out) const {
  GALAGO_TRY(read_elements(*tensor, first, out));
  if (lora == nullptr) return {};
  const auto rank = static_cast<std::size_t>(lora->a->shape[0]);
  const auto cols = static_cast<std::size_t>(lora->a->shape[1]);
  const std::size_t rows = out.size() / cols;
  std::vector<float> a(rank * cols);
  GALAGO_TRY(read_elements(*lora->a, 0, a));
  std::vector<float> b(rows * rank);
  const auto row = first / static_cast<std::int64_t>(cols);
  GALAGO_TRY(read_elements(*lora->b, row * static_cast<std::int64_t>(rank), b));
  std::vector<float> sum(cols);
  for (std::size_t r = 0; r < rows; ++r) {
    std::fill(sum.begin(), sum.end(), 0.0F);
    for (std::size_t k = 0; k < rank; ++k) {
      const float factor = b[r * rank + k];
      const float* products = a.data() + k * cols;
      for (std::size_t c = 0; c < cols; ++c) sum[c] += factor * products[c];
    }
    float* values = out.data() + r * cols;
    for (std::size_t c = 0; c < cols; ++c)
      values[c] = rounded(values[c] + sum[c] * lora_scale, dtype());
  }
  return {};
}

Result<std::shared_ptr<const HuggingFaceWeights>> HuggingFaceWeights::open(const fs::path& folder) {
  auto weights = std::make_shared<HuggingFaceWeights>();
  GALAGO_TRY(weights->checkpoint_, Checkpoint::open_folder(folder));
  for (const CheckpointTensor& tensor : weights->checkpoint_.tensors())
    weights->tensors_[tensor.name] = &tensor;
  return std::shared_ptr<const HuggingFaceWeights>(std::move(weights));
}

Result<std::shared_ptr<const HuggingFaceWeights>> HuggingFaceWeights::open_adapted(
    const fs::path& base, const fs::path& adapter) {
  auto weights = std::make_shared<HuggingFaceWeights>();
  GALAGO_TRY(weights->checkpoint_, Checkpoint::open_folder(base));
  for (const CheckpointTensor& tensor : weights->checkpoint_.tensors())
    weights->tensors_[tensor.name] = &tensor;
  GALAGO_TRY(weights->adapter_, LoraAdapter::open(adapter));
  std::error_code error;
  if (fs::exists(adapter / kReplacements, error))
    GALAGO_TRY(weights->replace(adapter / kReplacements));
  if (Status status = weights->check_adapter(); !status)
    return std::move(status).error().with_context(adapter.string());
  return std::shared_ptr<const HuggingFaceWeights>(std::move(weights));
}

Status HuggingFaceWeights::replace(const fs::path& path) {
  GALAGO_TRY(replacements_, Checkpoint::open_file(path));
  const auto tensors = replacements_->tensors();
  const bool is_wrapped =
      std::any_of(tensors.begin(), tensors.end(), [](const CheckpointTensor& tensor) {
        return model_name(tensor.name, false).starts_with("model.model.");
      });
  for (const CheckpointTensor& tensor : tensors)
    tensors_[model_name(tensor.name, is_wrapped)] = &tensor;
  return {};
}

Status HuggingFaceWeights::check_adapter() const {
  for (const auto& [name, pair] : adapter_->pairs()) {
    const auto found = tensors_.find(name);
    // peft takes the tower's matrices for the language model's where they are called the same; a
    // tower that is not in the checkpoint is loaded after the merge and stays as it is.
    if (found == tensors_.end() && name.find("vision_tower") != std::string::npos) continue;
    if (found == tensors_.end())
      return Error{Errc::kFormat,
                   "the adapter changes the tensor " + in_quotes(name) +
                       ", which the base model does not have: they do not belong together",
                   {}};
    const auto& shape = found->second->shape;
    if (shape.size() != 2 || pair.b->shape[0] != shape[0] || pair.a->shape[1] != shape[1])
      return Error{Errc::kFormat,
                   "the adapter's matrices for " + in_quotes(name) +
                       " have other shapes than the base model's: they do not belong together",
                   {}};
  }
  return {};
}

Result<HuggingFaceWeight> HuggingFaceWeights::find(const std::string& name) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end())
    return Error{
        Errc::kFormat, "the tensor " + in_quotes(name) + " is missing in the checkpoint", {}};
  HuggingFaceWeight weight{found->second, nullptr, 0};
  if (!adapter_) return weight;
  const auto pair = adapter_->pairs().find(name);
  if (pair == adapter_->pairs().end()) return weight;
  weight.lora = &pair->second;
  weight.lora_scale = adapter_->scale();
  return weight;
}

}  // namespace galago
