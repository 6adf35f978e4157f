// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/conversion_plan.h"

#include <vector>

#include "convert/tensor_types.h"

namespace galago {
namespace {

/// Of the formats as they are now, all that were ever published with K-quants.
constexpr std::uint32_t kQuantisationVersion = 2;

}  // namespace

Result<ConversionPlan> plan_conversion(const TensorSource& source, Mix mix) {
  const GgufHeader& from = source.header();
  GALAGO_TRY(const TensorTypes types, TensorTypes::create(from, mix));
  ConversionPlan plan{mix, from.without_tensors()};
  for (const auto& [key, value] :
       {std::pair("general.file_type", mix_info(mix).file_type),
        std::pair("general.quantization_version", kQuantisationVersion)}) {
    plan.header.remove(key);
    plan.header.put(key, value);
  }
  // Of a model in several files, which this file is not.
  for (const auto* key : {"split.no", "split.count", "split.tensors.count"})
    plan.header.remove(key);
  for (const GgufHeader::TensorPlace& tensor : from.tensors()) {
    const DType wanted = types.wanted(tensor);
    const DType chosen = fitting_type(wanted, tensor.shape.empty() ? 1 : tensor.shape[0]);
    GALAGO_TRY(plan.header.add_tensor(tensor.name, tensor.shape, chosen));
    if (chosen != wanted) ++plan.replaced;
    const bool is_rounded = dtype_info(chosen).is_quantised && chosen != tensor.dtype;
    if (is_rounded && dtype_info(tensor.dtype).is_quantised) ++plan.requantised;
  }
  GALAGO_TRY(const std::vector<std::byte> head, plan.header.encode());
  plan.file_bytes = head.size();
  if (!plan.header.tensors().empty()) {
    const GgufHeader::TensorPlace& last = plan.header.tensors().back();
    plan.file_bytes += gguf_align_up(last.offset + last.size, plan.header.alignment());
  }
  return plan;
}

}  // namespace galago
