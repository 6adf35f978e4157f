// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/gguf_value.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "gguf/byte_reader.h"

namespace galago {
namespace {

template <class T>
T load(std::span<const std::byte> bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof(T));
  return value;
}

/// `To` of an integer, if it fits.
template <class To, class From>
std::optional<To> fitted(From value) {
  if (!std::in_range<To>(value)) return std::nullopt;
  return static_cast<To>(value);
}

template <class To>
std::optional<To> integer(GgufType type, std::span<const std::byte> bytes) {
  switch (type) {
    case GgufType::kU8:
      return fitted<To>(load<std::uint8_t>(bytes));
    case GgufType::kI8:
      return fitted<To>(load<std::int8_t>(bytes));
    case GgufType::kU16:
      return fitted<To>(load<std::uint16_t>(bytes));
    case GgufType::kI16:
      return fitted<To>(load<std::int16_t>(bytes));
    case GgufType::kU32:
      return fitted<To>(load<std::uint32_t>(bytes));
    case GgufType::kI32:
      return fitted<To>(load<std::int32_t>(bytes));
    case GgufType::kU64:
      return fitted<To>(load<std::uint64_t>(bytes));
    case GgufType::kI64:
      return fitted<To>(load<std::int64_t>(bytes));
    default:
      return std::nullopt;
  }
}

std::optional<double> number(GgufType type, std::span<const std::byte> bytes) {
  if (type == GgufType::kF32) return load<float>(bytes);
  if (type == GgufType::kF64) return load<double>(bytes);
  if (const auto value = integer<std::int64_t>(type, bytes)) return static_cast<double>(*value);
  if (const auto value = integer<std::uint64_t>(type, bytes)) return static_cast<double>(*value);
  return std::nullopt;
}

/// Converting a finite double that no float can hold is undefined, so it becomes infinite here.
float to_float(double value) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  if (value > kLargest) return std::numeric_limits<float>::infinity();
  if (value < -kLargest) return -std::numeric_limits<float>::infinity();
  return static_cast<float>(value);
}

}  // namespace

std::optional<std::uint64_t> GgufValue::as_u64() const {
  return integer<std::uint64_t>(type, bytes);
}

std::optional<std::int64_t> GgufValue::as_i64() const { return integer<std::int64_t>(type, bytes); }

std::optional<double> GgufValue::as_f64() const { return number(type, bytes); }

std::optional<float> GgufValue::as_f32() const {
  const auto value = number(type, bytes);
  return value ? std::optional(to_float(*value)) : std::nullopt;
}

std::optional<bool> GgufValue::as_bool() const {
  if (type != GgufType::kBool) return std::nullopt;
  return load<std::uint8_t>(bytes) != 0;
}

std::optional<std::string_view> GgufValue::as_string() const {
  if (type != GgufType::kString) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

std::optional<std::vector<float>> GgufValue::as_f32_array(std::uint64_t max_count) const {
  const std::size_t size = gguf_fixed_size(element_type);
  if (!is_array() || size == 0 || element_type == GgufType::kBool) return std::nullopt;
  std::vector<float> values(static_cast<std::size_t>(std::min(count, max_count)));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = to_float(number(element_type, bytes.subspan(i * size, size)).value_or(0));
  return values;
}

std::optional<std::vector<std::int32_t>> GgufValue::as_i32_array() const {
  const std::size_t size = gguf_fixed_size(element_type);
  if (!is_array() || size == 0) return std::nullopt;
  std::vector<std::int32_t> values(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = integer<std::int32_t>(element_type, bytes.subspan(i * size, size));
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  return values;
}

std::optional<std::vector<std::string_view>> GgufValue::as_string_array(
    std::uint64_t max_count) const {
  if (!is_array() || element_type != GgufType::kString) return std::nullopt;
  std::vector<std::string_view> values;
  values.reserve(static_cast<std::size_t>(std::min(count, max_count)));
  ByteReader reader(bytes);
  while (values.size() < std::min(count, max_count)) {
    const auto text = reader.take_string();
    if (!text) return std::nullopt;
    values.push_back(*text);
  }
  return values;
}

std::vector<GgufValue> GgufValue::elements(std::uint64_t max_count) const {
  std::vector<GgufValue> values;
  if (!is_array()) return values;
  ByteReader reader(bytes);
  while (values.size() < std::min(count, max_count)) {
    const auto value = take_gguf_value(reader, element_type);
    if (!value) break;
    values.push_back(*value);
  }
  return values;
}

std::optional<GgufValue> take_gguf_value(ByteReader& reader, GgufType type, int depth) {
  GgufValue value;
  value.type = type;
  if (const std::size_t size = gguf_fixed_size(type); size > 0) {
    const auto bytes = reader.take_bytes(size);
    if (!bytes) return std::nullopt;
    value.bytes = *bytes;
    return value;
  }
  if (type == GgufType::kString) {
    const auto text = reader.take_string();
    if (!text) return std::nullopt;
    value.bytes = std::as_bytes(std::span(text->data(), text->size()));
    return value;
  }
  const auto element_type = reader.take<std::uint32_t>();
  const auto count = reader.take<std::uint64_t>();
  if (depth == 0 || !count || *element_type >= kGgufTypeCount) return std::nullopt;
  value.element_type = static_cast<GgufType>(*element_type);
  value.count = *count;
  // The smallest string is its length, the smallest array its type and count: no count that the
  // rest of the file cannot hold gets into the loop.
  const std::size_t fixed = gguf_fixed_size(value.element_type);
  const std::size_t smallest = fixed > 0 ? fixed : value.element_type == GgufType::kString ? 8 : 12;
  if (value.count > reader.left() / smallest) return std::nullopt;
  ByteReader rest = reader;
  if (fixed > 0) {
    rest.take_bytes(value.count * fixed);
  } else {
    for (std::uint64_t i = 0; i < value.count; ++i)
      if (!take_gguf_value(rest, value.element_type, depth - 1)) return std::nullopt;
  }
  value.bytes = *reader.take_bytes(rest.position() - reader.position());
  return value;
}

std::string_view gguf_type_name(GgufType type) {
  switch (type) {
    case GgufType::kU8:
      return "u8";
    case GgufType::kI8:
      return "i8";
    case GgufType::kU16:
      return "u16";
    case GgufType::kI16:
      return "i16";
    case GgufType::kU32:
      return "u32";
    case GgufType::kI32:
      return "i32";
    case GgufType::kF32:
      return "f32";
    case GgufType::kBool:
      return "bool";
    case GgufType::kString:
      return "string";
    case GgufType::kArray:
      return "array";
    case GgufType::kU64:
      return "u64";
    case GgufType::kI64:
      return "i64";
    case GgufType::kF64:
      return "f64";
  }
  return "unknown";
}

}  // namespace galago
