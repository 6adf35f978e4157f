// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/checkpoint_tensor.h"

#include <cstring>

#include "base/assert.h"
#include "base/half.h"
#include "gguf/printable.h"

namespace galago {
namespace {

template <class Stored>
float load(const std::byte* at) {
  Stored value;
  std::memcpy(&value, at, sizeof value);
  return static_cast<float>(value);
}

float load_f16(const std::byte* at) {
  std::uint16_t bits = 0;
  std::memcpy(&bits, at, sizeof bits);
  return half_to_float(bits);
}

float load_bf16(const std::byte* at) {
  std::uint16_t bits = 0;
  std::memcpy(&bits, at, sizeof bits);
  return bfloat16_to_float(bits);
}

template <float (*kLoad)(const std::byte*), std::size_t kSize>
void read_contiguous(const CheckpointTensor& tensor, std::int64_t first, std::span<float> out) {
  const std::byte* at = tensor.bytes.data() + static_cast<std::size_t>(first) * kSize;
  for (float& value : out) {
    value = kLoad(at);
    at += kSize;
  }
}

/// Counts through the dimensions as an odometer does.
template <float (*kLoad)(const std::byte*), std::size_t kSize>
void read_strided(const CheckpointTensor& tensor, std::int64_t first, std::span<float> out) {
  std::vector<std::int64_t> index(tensor.shape.size());
  std::int64_t at = 0;
  for (std::size_t d = tensor.shape.size(); d-- > 0; first /= tensor.shape[d]) {
    index[d] = first % tensor.shape[d];
    at += index[d] * tensor.strides[d];
  }
  for (float& value : out) {
    value = kLoad(tensor.bytes.data() + static_cast<std::size_t>(at) * kSize);
    for (std::size_t d = tensor.shape.size(); d-- > 0;) {
      at += tensor.strides[d];
      if (++index[d] < tensor.shape[d]) break;
      at -= tensor.strides[d] * index[d];
      index[d] = 0;
    }
  }
}

template <float (*kLoad)(const std::byte*), std::size_t kSize>
Status read_as(const CheckpointTensor& tensor, std::int64_t first, std::span<float> out) {
  if (tensor.is_contiguous())
    read_contiguous<kLoad, kSize>(tensor, first, out);
  else
    read_strided<kLoad, kSize>(tensor, first, out);
  return {};
}

}  // namespace

std::string_view storage_type_name(StorageType type) {
  switch (type) {
    case StorageType::kF64:
      return "f64";
    case StorageType::kF32:
      return "f32";
    case StorageType::kF16:
      return "f16";
    case StorageType::kBF16:
      return "bf16";
    case StorageType::kI64:
      return "i64";
    case StorageType::kI32:
      return "i32";
    case StorageType::kI16:
      return "i16";
    case StorageType::kI8:
      return "i8";
    case StorageType::kU8:
      return "u8";
    case StorageType::kBool:
      return "bool";
  }
  return "";
}

std::size_t storage_type_bytes(StorageType type) {
  switch (type) {
    case StorageType::kF64:
    case StorageType::kI64:
      return 8;
    case StorageType::kF32:
    case StorageType::kI32:
      return 4;
    case StorageType::kF16:
    case StorageType::kBF16:
    case StorageType::kI16:
      return 2;
    case StorageType::kI8:
    case StorageType::kU8:
    case StorageType::kBool:
      return 1;
  }
  return 1;
}

std::optional<std::int64_t> checked_element_count(std::span<const std::int64_t> shape) {
  std::int64_t product = 1;  // without zeros, so that no stride overflows either
  bool is_empty = false;
  for (const std::int64_t size : shape) {
    if (size < 0 || (size > 0 && product > kLargestElementCount / size)) return std::nullopt;
    if (size > 0) product *= size;
    is_empty = is_empty || size == 0;
  }
  return is_empty ? 0 : product;
}

std::vector<std::int64_t> contiguous_strides(std::span<const std::int64_t> shape) {
  std::vector<std::int64_t> strides(shape.size());
  std::int64_t stride = 1;
  for (std::size_t d = shape.size(); d-- > 0; stride *= shape[d]) strides[d] = stride;
  return strides;
}

std::int64_t CheckpointTensor::element_count() const {
  return checked_element_count(shape).value_or(0);
}

bool CheckpointTensor::is_contiguous() const {
  std::int64_t stride = 1;
  for (std::size_t d = shape.size(); d-- > 0; stride *= shape[d])
    if (shape[d] > 1 && strides[d] != stride) return false;
  return true;
}

std::string CheckpointTensor::shape_text() const {
  std::string text = "[";
  for (const std::int64_t size : shape) {
    if (text.size() > 1) text += ", ";
    text += std::to_string(size);
  }
  return text + "]";
}

Status place_tensor(CheckpointTensor& tensor, std::span<const std::byte> storage,
                    std::int64_t offset) {
  const auto refuse = [&](const std::string& what) {
    return Error{Errc::kFormat, "the tensor '" + printable(tensor.name, 80) + "' " + what, {}};
  };
  const auto count = checked_element_count(tensor.shape);
  if (!count || tensor.strides.size() != tensor.shape.size())
    return refuse("has an impossible shape");
  const std::size_t element = storage_type_bytes(tensor.type);
  const auto stored = static_cast<std::int64_t>(storage.size() / element);
  if (offset < 0 || offset > stored) return refuse("begins outside its storage");
  if (*count > stored) return refuse("has more elements than its storage");
  // How far the last element is from the first: each term is at most what is left.
  std::int64_t room = stored - offset - 1;
  for (std::size_t d = 0; d < tensor.shape.size() && *count > 0; ++d) {
    const std::int64_t steps = tensor.shape[d] - 1;
    if (tensor.strides[d] < 0) return refuse("has a negative stride");
    if (steps > 0 && tensor.strides[d] > room / steps) return refuse("reaches beyond its storage");
    room -= steps * tensor.strides[d];
  }
  if (*count > 0 && room < 0) return refuse("reaches beyond its storage");
  tensor.bytes = storage.subspan(static_cast<std::size_t>(offset) * element);
  return {};
}

Status read_elements(const CheckpointTensor& tensor, std::int64_t first, std::span<float> out) {
  GALAGO_ASSERT(first >= 0 &&
                static_cast<std::int64_t>(out.size()) <= tensor.element_count() - first);
  if (out.empty()) return {};
  switch (tensor.type) {
    case StorageType::kF64:
      return read_as<load<double>, 8>(tensor, first, out);
    case StorageType::kF32:
      return read_as<load<float>, 4>(tensor, first, out);
    case StorageType::kF16:
      return read_as<load_f16, 2>(tensor, first, out);
    case StorageType::kBF16:
      return read_as<load_bf16, 2>(tensor, first, out);
    default:
      return Error{Errc::kUnsupported,
                   "the tensor '" + printable(tensor.name, 80) + "' holds numbers of the type " +
                       std::string(storage_type_name(tensor.type)) + ", not weights",
                   {}};
  }
}

}  // namespace galago
