// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/npy.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/atomic_file.h"
#include "base/half.h"
#include "base/mapped_file.h"

static_assert(std::endian::native == std::endian::little, ".npy data is copied as it is");

namespace galago {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kPreamble = 10;  // magic, two bytes of version, two of the header's length
constexpr std::size_t kAlignment = 64;

struct Header {
  std::string_view type;  // "<f4"
  std::vector<std::size_t> shape;
};

/// What stands behind `'key':` in the text of a Python dictionary, up to the text's end.
std::optional<std::string_view> behind_key(std::string_view text, std::string_view key) {
  const std::size_t at = text.find("'" + std::string(key) + "':");
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + key.size() + 3);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text;
}

/// "(3, 336)", "(7,)", "()"
std::optional<std::vector<std::size_t>> parse_shape(std::string_view text) {
  const std::size_t end = text.find(')');
  if (end == std::string_view::npos || !text.starts_with('(')) return std::nullopt;
  text = text.substr(1, end - 1);
  std::vector<std::size_t> shape;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(", "), text.size()));
    if (text.empty()) return shape;
    std::size_t size = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    shape.push_back(size);
  }
}

Result<Header> parse_header(std::string_view text) {
  const auto type = behind_key(text, "descr");
  const auto order = behind_key(text, "fortran_order");
  const auto shape_text = behind_key(text, "shape");
  const auto shape = shape_text ? parse_shape(*shape_text) : std::nullopt;
  if (!type || !order || !shape)
    return Error{Errc::kFormat, "the header of this .npy file cannot be understood", {}};
  if (!order->starts_with("False"))
    return Error{Errc::kUnsupported, "only .npy files in C order can be read", {}};
  if (type->size() < 5 || type->front() != '\'' || (*type)[4] != '\'')
    return Error{Errc::kUnsupported, "only .npy files of plain numbers can be read", {}};
  return Header{type->substr(1, 3), *shape};
}

/// The product of the sizes; nothing when it overflows.
std::optional<std::size_t> count_values(const std::vector<std::size_t>& shape) {
  std::size_t count = 1;
  for (const std::size_t size : shape) {
    if (size != 0 && count > std::numeric_limits<std::size_t>::max() / size) return std::nullopt;
    count *= size;
  }
  return count;
}

/// Copies values of type From, converting each.
template <class From, class To, class Convert>
Status copy_values(std::span<const std::byte> data, const std::vector<std::size_t>& shape,
                   std::vector<To>& values, Convert convert) {
  const auto count = count_values(shape);
  if (!count || data.size() / sizeof(From) != *count || data.size() % sizeof(From) != 0)
    return Error{Errc::kFormat, "the size of this .npy file is not what its header says", {}};
  values.reserve(*count);
  for (std::size_t i = 0; i < *count; ++i) {
    From value;
    std::memcpy(&value, data.data() + i * sizeof(From), sizeof(From));
    values.push_back(convert(value));
  }
  return {};
}

Status copy_i64(std::span<const std::byte> data, NpyArray& array) {
  using Limits = std::numeric_limits<std::int32_t>;
  bool fits = true;
  GALAGO_TRY(copy_values<std::int64_t>(data, array.shape, array.i32, [&](std::int64_t value) {
    fits = fits && value >= Limits::min() && value <= Limits::max();
    return static_cast<std::int32_t>(value);
  }));
  if (!fits) return Error{Errc::kUnsupported, "this .npy file holds integers beyond 32 bits", {}};
  return {};
}

Status copy_data(std::string_view type, std::span<const std::byte> data, NpyArray& array) {
  const auto same = [](auto value) { return value; };
  if (type == "<f4") return copy_values<float>(data, array.shape, array.f32, same);
  if (type == "<f8")
    return copy_values<double>(data, array.shape, array.f32,
                               [](double value) { return static_cast<float>(value); });
  if (type == "<f2") return copy_values<std::uint16_t>(data, array.shape, array.f32, half_to_float);
  if (type == "<i4") return copy_values<std::int32_t>(data, array.shape, array.i32, same);
  if (type == "<i8") return copy_i64(data, array);
  if (type == "|u1") return copy_values<std::uint8_t>(data, array.shape, array.u8, same);
  return Error{Errc::kUnsupported, "this .npy file holds numbers of a type that is not read", {}};
}

Result<NpyArray> parse(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.size() < kPreamble || !text.starts_with(kMagic))
    return Error{Errc::kFormat, "this is not a .npy file", {}};
  if (text[6] != 1)
    return Error{Errc::kUnsupported, "only version 1 of the .npy format can be read", {}};
  const std::size_t length =
      std::to_integer<std::size_t>(bytes[8]) | std::to_integer<std::size_t>(bytes[9]) << 8;
  if (bytes.size() - kPreamble < length)
    return Error{Errc::kFormat, "this .npy file is truncated", {}};
  GALAGO_TRY(Header header, parse_header(text.substr(kPreamble, length)));
  NpyArray array;
  array.shape = std::move(header.shape);
  GALAGO_TRY(copy_data(header.type, bytes.subspan(kPreamble + length), array));
  return array;
}

std::string make_header(std::string_view type, const std::vector<std::size_t>& shape) {
  std::string text = "{'descr': '" + std::string(type) + "', 'fortran_order': False, 'shape': (";
  for (std::size_t i = 0; i < shape.size(); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  text += shape.size() == 1 ? ",), }" : "), }";  // as Python spells a tuple of one
  // Ends in a line break, so that the data behind it is aligned.
  const std::size_t used = kPreamble + text.size() + 1;
  text.append((kAlignment - used % kAlignment) % kAlignment, ' ');
  text += '\n';
  std::string header(kMagic);
  header +=
      {'\1', '\0', static_cast<char>(text.size() & 0xFF), static_cast<char>(text.size() >> 8)};
  return header + text;
}

template <class T>
Status write_npy(const std::filesystem::path& path, std::string_view type,
                 const std::vector<std::size_t>& shape, std::span<const T> values) {
  if (count_values(shape) != values.size())
    return Error{
        Errc::kInvalidArgument, "the shape does not fit the number of values", {path.string()}};
  GALAGO_TRY(AtomicFile file, AtomicFile::create(path));
  const std::string header = make_header(type, shape);
  GALAGO_TRY(file.write(std::as_bytes(std::span(header))));
  GALAGO_TRY(file.write(std::as_bytes(values)));
  return file.finish();
}

}  // namespace

Result<NpyArray> read_npy(const std::filesystem::path& path) {
  GALAGO_TRY(const auto file, MappedFile::open(path));
  auto array = parse(file->bytes());
  if (!array) return std::move(array).error().with_context(path.string());
  return array;
}

Status write_npy_f32(const std::filesystem::path& path, const std::vector<std::size_t>& shape,
                     std::span<const float> values) {
  return write_npy(path, "<f4", shape, values);
}

Status write_npy_i32(const std::filesystem::path& path, const std::vector<std::size_t>& shape,
                     std::span<const std::int32_t> values) {
  return write_npy(path, "<i4", shape, values);
}

}  // namespace galago
