// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "convert/gguf_tensor_source.h"

#include <cstring>
#include <string>
#include <utility>

#include "base/mapped_file.h"
#include "quant/dequantize.h"

namespace galago {
namespace {

// Far above any model of this family; the names of a header are compared with each other.
constexpr std::size_t kMostTensors = 1 << 14;

}  // namespace

GgufTensorSource::GgufTensorSource(std::shared_ptr<const GgufFile> file)
    : file_(std::move(file)), header_(file_->alignment()) {}

Result<std::unique_ptr<GgufTensorSource>> GgufTensorSource::open(
    const std::filesystem::path& path) {
  GALAGO_TRY(auto file, GgufFile::open(path));
  std::unique_ptr<GgufTensorSource> source(new GgufTensorSource(std::move(file)));
  if (Status status = source->copy_header(); !status)
    return std::move(status).error().with_context(path.string());
  return source;
}

Status GgufTensorSource::copy_header() {
  if (file_->get_u32("split.count").value_or(1) > 1)
    return Error{Errc::kUnsupported, "this is one part of a model in several files", {}};
  if (file_->tensors().size() > kMostTensors)
    return Error{
        Errc::kUnsupported, "there are more than " + std::to_string(kMostTensors) + " tensors", {}};
  for (const GgufEntry& entry : file_->entries())
    if (entry.key != kGgufAlignmentKey) header_.put_value(entry.key, entry.value);
  for (const GgufTensor& tensor : file_->tensors()) {
    GALAGO_TRY(const DType dtype, tensor.checked_dtype());
    GALAGO_TRY(header_.add_tensor(tensor.name, tensor.shape, dtype));
  }
  return {};
}

Status GgufTensorSource::read(std::size_t index, std::int64_t first, std::span<float> out) const {
  const GgufHeader::TensorPlace& place = header_.tensors()[index];
  if (place.dtype == DType::kI32)
    return Error{Errc::kFormat, "the tensor '" + place.name + "' holds integers", {}};
  const auto count = static_cast<std::int64_t>(out.size());
  const auto bytes = file_->tensors()[index].bytes.subspan(row_bytes(place.dtype, first),
                                                           row_bytes(place.dtype, count));
  dequantize(place.dtype, bytes.data(), out.data(), count);
  release_mapped(bytes);
  return {};
}

bool GgufTensorSource::read_stored(std::size_t index, std::uint64_t first,
                                   std::span<std::byte> out) const {
  const auto bytes = file_->tensors()[index].bytes.subspan(first, out.size());
  std::memcpy(out.data(), bytes.data(), bytes.size());
  release_mapped(bytes);
  return true;
}

}  // namespace galago
