// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/slice_converter.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "quant/quantize.h"

namespace galago {
namespace {

constexpr std::int64_t kSliceElements = 1 << 18;
// Far above the rows of any model; a slice is at least one row.
constexpr std::int64_t kLongestRow = 1 << 24;

/// f16, and the scales of every quantised type, which are f16.
constexpr float kLargestHalf = 65504.0F;

bool holds_any_number(DType dtype) { return dtype == DType::kF32 || dtype == DType::kBF16; }

Status check_range(const std::vector<float>& elements, const GgufHeader::TensorPlace& place) {
  const bool fits = std::all_of(elements.begin(), elements.end(),
                                [](float x) { return std::fabs(x) <= kLargestHalf; });
  if (fits) return {};
  return Error{Errc::kUnsupported,
               "the tensor '" + place.name + "' holds numbers that " +
                   std::string(dtype_info(place.dtype).name) +
                   " cannot express (too large, or none); f32 and bf16 keep them",
               {}};
}

}  // namespace

Result<std::vector<TensorSlice>> slices_of(const GgufHeader& header, std::size_t tensor) {
  const GgufHeader::TensorPlace& place = header.tensors()[tensor];
  const DTypeInfo& info = dtype_info(place.dtype);
  const auto total =
      static_cast<std::int64_t>(place.size / static_cast<std::uint64_t>(info.block_bytes) *
                                static_cast<std::uint64_t>(info.block_size));
  const auto row = static_cast<std::int64_t>(place.shape.empty() ? 1 : place.shape[0]);
  if (row > kLongestRow)
    return Error{Errc::kUnsupported,
                 "the tensor '" + place.name + "' has rows of " + std::to_string(row) +
                     " elements, more than any model",
                 {}};
  const std::int64_t step = std::max<std::int64_t>(kSliceElements / row, 1) * row;
  std::vector<TensorSlice> slices;
  for (std::int64_t first = 0; first < total; first += step)
    slices.push_back({tensor, first, std::min(step, total - first)});
  return slices;
}

Status SliceConverter::run(const TensorSource& source, const GgufHeader::TensorPlace& place,
                           const TensorSlice& slice, std::vector<std::byte>& out) {
  out.resize(row_bytes(place.dtype, slice.count));
  const GgufHeader::TensorPlace& from = source.header().tensors()[slice.tensor];
  if (from.dtype == place.dtype &&
      source.read_stored(slice.tensor, row_bytes(place.dtype, slice.first), out))
    return {};
  elements_.resize(static_cast<std::size_t>(slice.count));
  GALAGO_TRY(source.read(slice.tensor, slice.first, elements_));
  if (!holds_any_number(place.dtype)) {
    GALAGO_TRY(check_range(elements_, place));
  }
  quantize(place.dtype, elements_.data(), out.data(), slice.count);
  return {};
}

}  // namespace galago
