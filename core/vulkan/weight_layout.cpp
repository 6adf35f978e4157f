// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/weight_layout.h"

#include <cstring>

namespace galago::vulkan {
namespace {

constexpr std::size_t kScaleBytes = 2;

/// Whether a type's scale is at the end of its block.
bool is_scale_last(DType dtype) { return dtype == DType::kQ3_K || dtype == DType::kQ6_K; }

bool moves_scales(DType dtype) { return dtype_info(dtype).block_bytes % 4 != 0; }

}  // namespace

WeightLayout WeightLayout::of(DType dtype, int cols) {
  WeightLayout layout;
  layout.dtype = dtype;
  layout.cols = cols;
  const DTypeInfo& info = dtype_info(dtype);
  if (!info.is_quantised) {
    layout.row_words = static_cast<std::size_t>(cols);
    if (info.block_bytes == 2) layout.row_words = static_cast<std::size_t>(layout.units()) * 4;
    return layout;
  }
  const auto block_bytes = static_cast<std::size_t>(info.block_bytes);
  layout.row_words = layout.blocks() * block_bytes / 4;
  if (moves_scales(dtype)) {
    layout.scales_word = layout.blocks() * (block_bytes - kScaleBytes) / 4;
    layout.row_words = layout.scales_word + (layout.blocks() + 1) / 2;
  }
  return layout;
}

std::size_t WeightLayout::blocks() const {
  return static_cast<std::size_t>(cols / dtype_info(dtype).block_size);
}

bool WeightLayout::is_as_stored() const {
  return scales_word == 0 && row_bytes() == galago::row_bytes(dtype, cols);
}

void WeightLayout::lay_out_row(const std::byte* from, std::byte* to) const {
  const std::size_t stored = galago::row_bytes(dtype, cols);
  if (scales_word == 0) {
    std::memcpy(to, from, stored);
    std::memset(to + stored, 0, row_bytes() - stored);
    return;
  }
  const auto block_bytes = static_cast<std::size_t>(dtype_info(dtype).block_bytes);
  const std::size_t body = block_bytes - kScaleBytes;
  const std::size_t scale_at = is_scale_last(dtype) ? body : 0;
  const std::size_t body_at = is_scale_last(dtype) ? 0 : kScaleBytes;
  std::byte* scales = to + scales_word * 4;
  std::memset(to + row_bytes() - 4, 0, 4);  // an odd number of scales leaves half a word
  for (std::size_t i = 0; i < blocks(); ++i, from += block_bytes) {
    std::memcpy(to + i * body, from + body_at, body);
    std::memcpy(scales + i * kScaleBytes, from + scale_at, kScaleBytes);
  }
}

}  // namespace galago::vulkan
