// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/safetensors.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "checkpoint/json_text.h"
#include "gguf/byte_reader.h"
#include "gguf/printable.h"

namespace galago {
namespace {

using nlohmann::json;

constexpr std::size_t kMostDimensions = 8;
constexpr std::size_t kLengthBytes = sizeof(std::uint64_t);
constexpr std::string_view kMetadata = "__metadata__";

struct NamedType {
  std::string_view name;
  StorageType type;
};

constexpr std::array kTypes = {
    NamedType{"F64", StorageType::kF64}, NamedType{"F32", StorageType::kF32},
    NamedType{"F16", StorageType::kF16}, NamedType{"BF16", StorageType::kBF16},
    NamedType{"I64", StorageType::kI64}, NamedType{"I32", StorageType::kI32},
    NamedType{"I16", StorageType::kI16}, NamedType{"I8", StorageType::kI8},
    NamedType{"U8", StorageType::kU8},   NamedType{"BOOL", StorageType::kBool},
};

/// Integers of an array that fit what they are for.
std::optional<std::vector<std::int64_t>> integers(const json& description, const char* key,
                                                  std::size_t most) {
  const auto array = description.find(key);
  if (array == description.end() || !array->is_array() || array->size() > most) return std::nullopt;
  std::vector<std::int64_t> numbers;
  for (const json& item : *array) {
    if (!item.is_number_unsigned() || item.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
    numbers.push_back(item.get<std::int64_t>());
  }
  return numbers;
}

Result<CheckpointTensor> read_tensor(const std::string& name, const json& description,
                                     std::span<const std::byte> data) {
  const auto refuse = [&](Errc code, const std::string& what) {
    return Error{code, "the tensor '" + printable(name, 80) + "' " + what, {}};
  };
  if (!description.is_object()) return refuse(Errc::kFormat, "has no description");
  const auto type_name = json_string(description, "dtype");
  auto shape = integers(description, "shape", kMostDimensions);
  const auto offsets = integers(description, "data_offsets", 2);
  if (!type_name || !shape || !offsets || offsets->size() != 2)
    return refuse(Errc::kFormat, "has an incomplete description");
  const auto* type = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const NamedType& known) { return known.name == *type_name; });
  if (type == kTypes.end())
    return refuse(Errc::kUnsupported,
                  "has the unsupported type '" + printable(*type_name, 20) + "'");
  const std::int64_t begin = (*offsets)[0];
  const std::int64_t end = (*offsets)[1];
  if (begin > end || end > static_cast<std::int64_t>(data.size()))
    return refuse(Errc::kFormat, "lies outside the file, which may be truncated");
  const auto count = checked_element_count(*shape);
  if (!count ||
      *count != (end - begin) / static_cast<std::int64_t>(storage_type_bytes(type->type)) ||
      (end - begin) % static_cast<std::int64_t>(storage_type_bytes(type->type)) != 0)
    return refuse(Errc::kFormat, "has another size than its shape and type say");
  CheckpointTensor tensor;
  tensor.name = name;
  tensor.type = type->type;
  tensor.strides = contiguous_strides(*shape);
  tensor.shape = *std::move(shape);
  tensor.bytes =
      data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  return tensor;
}

Status check_overlap(std::span<const CheckpointTensor> tensors) {
  std::vector<std::span<const std::byte>> places;
  for (const CheckpointTensor& tensor : tensors)
    if (!tensor.bytes.empty()) places.push_back(tensor.bytes);
  std::sort(places.begin(), places.end(), [](auto a, auto b) { return a.data() < b.data(); });
  for (std::size_t i = 1; i < places.size(); ++i)
    if (places[i].data() < places[i - 1].data() + places[i - 1].size())
      return Error{Errc::kFormat, "tensors of the file overlap", {}};
  return {};
}

}  // namespace

bool is_safetensors(std::span<const std::byte> file) {
  return file.size() > kLengthBytes && file[kLengthBytes] == std::byte{'{'};
}

Result<std::vector<CheckpointTensor>> read_safetensors(std::span<const std::byte> file) {
  ByteReader reader(file);
  const auto length = reader.take<std::uint64_t>();
  const auto text = length ? reader.take_bytes(*length) : std::nullopt;
  if (!text) return Error{Errc::kFormat, "the file is truncated or not a safetensors file", {}};
  GALAGO_TRY(const json head, parse_json_object(*text));
  const auto data = file.subspan(reader.position());
  std::vector<CheckpointTensor> tensors;
  for (const auto& [name, description] : head.items()) {
    if (name == kMetadata) continue;
    GALAGO_TRY(CheckpointTensor tensor, read_tensor(name, description, data));
    tensors.push_back(std::move(tensor));
  }
  GALAGO_TRY(check_overlap(tensors));
  if (tensors.empty()) return Error{Errc::kFormat, "the checkpoint holds no tensors", {}};
  return tensors;
}

}  // namespace galago
