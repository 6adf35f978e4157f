// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint_builder.h"

#include <algorithm>
#include <utility>

#include "base/half.h"

namespace galago {
namespace {

void append(Bytes& out, std::span<const std::byte> bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

template <class T>
void append_number(Bytes& out, T value) {
  append(out, std::as_bytes(std::span(&value, 1)));
}

void append_text(Bytes& out, std::string_view text) {
  append(out, std::as_bytes(std::span(text.data(), text.size())));
}

std::string_view torch_name(StorageType type) {
  switch (type) {
    case StorageType::kF64:
      return "DoubleStorage";
    case StorageType::kF32:
      return "FloatStorage";
    case StorageType::kF16:
      return "HalfStorage";
    case StorageType::kBF16:
      return "BFloat16Storage";
    case StorageType::kI64:
      return "LongStorage";
    default:
      return "ByteStorage";
  }
}

std::string safetensors_name(StorageType type) {
  std::string name(storage_type_name(type));
  for (char& c : name)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return name;
}

}  // namespace

SampleTensor sample_tensor(std::string name, std::vector<std::int64_t> shape,
                           std::span<const float> values, StorageType type) {
  SampleTensor tensor{std::move(name), type, std::move(shape), {}};
  for (const float value : values) {
    if (type == StorageType::kF64) append_number(tensor.bytes, static_cast<double>(value));
    if (type == StorageType::kF32) append_number(tensor.bytes, value);
    if (type == StorageType::kF16) append_number(tensor.bytes, float_to_half(value));
    if (type == StorageType::kBF16) append_number(tensor.bytes, float_to_bfloat16(value));
  }
  return tensor;
}

SampleTensor sample_tensor(std::string name, std::vector<std::int64_t> shape, StorageType type) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  std::vector<float> values(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i) / 8;
  return sample_tensor(std::move(name), std::move(shape), values, type);
}

std::vector<SampleTensor> sample_tensors() {
  std::vector<SampleTensor> tensors = {
      sample_tensor("f32", {3, 4}), sample_tensor("f16", {2, 5}, StorageType::kF16),
      sample_tensor("bf16", {6}, StorageType::kBF16), sample_tensor("f64", {}, StorageType::kF64)};
  SampleTensor ids{"ids", StorageType::kI64, {1, 2}, {}};
  append_number(ids.bytes, std::int64_t{7});
  append_number(ids.bytes, std::int64_t{-8});
  tensors.push_back(std::move(ids));
  return tensors;
}

PickleWriter& PickleWriter::op(std::string_view instructions) {
  text_ += instructions;
  return *this;
}

PickleWriter& PickleWriter::integer(std::int32_t value) {
  text_ += 'J';
  for (int shift = 0; shift < 32; shift += 8)
    text_ += static_cast<char>(static_cast<std::uint32_t>(value) >> shift & 0xFF);
  return *this;
}

PickleWriter& PickleWriter::text(std::string_view value) {
  text_ += 'X';
  for (int shift = 0; shift < 32; shift += 8)
    text_ += static_cast<char>(value.size() >> shift & 0xFF);
  return op(value);
}

PickleWriter& PickleWriter::tuple(std::span<const std::int64_t> values) {
  op("(");
  for (const std::int64_t value : values) integer(static_cast<std::int32_t>(value));
  return op("t");
}

PickleWriter& PickleWriter::global(std::string_view module, std::string_view name) {
  return op("c").op(module).op("\n").op(name).op("\n");
}

PickleWriter& PickleWriter::tensor(const SampleTensor& tensor, std::string_view key, bool is_old) {
  global("torch._utils", "_rebuild_tensor_v2").op("(");
  op("(").text("storage").global("torch", torch_name(tensor.type)).text(key).text("cpu");
  integer(static_cast<std::int32_t>(tensor.bytes.size() / storage_type_bytes(tensor.type)));
  op(is_old ? "NtQ" : "tQ").integer(0);
  tuple(tensor.shape).tuple(contiguous_strides(tensor.shape));
  return op("\x89").global("collections", "OrderedDict").op(")RtR");
}

Bytes PickleWriter::finish() {
  op(".");
  return to_bytes(text_);
}

Bytes build_pickle(std::span<const SampleTensor> tensors, bool is_old) {
  PickleWriter pickle;
  pickle.op("}(");
  for (std::size_t i = 0; i < tensors.size(); ++i)
    pickle.text(tensors[i].name).tensor(tensors[i], std::to_string(i), is_old);
  return pickle.op("u").finish();
}

Bytes build_zip(std::span<const ZipInput> entries) {
  constexpr std::uint16_t kFlags = 0x0808;  // sizes follow, UTF-8
  Bytes file;
  Bytes directory;
  for (const ZipInput& entry : entries) {
    const auto offset = static_cast<std::uint32_t>(file.size());
    const auto size = static_cast<std::uint32_t>(entry.bytes.size());
    const auto name_size = static_cast<std::uint16_t>(entry.name.size());
    append_text(file, "PK\x03\x04");
    for (const std::uint16_t value : {std::uint16_t{0}, kFlags, std::uint16_t{0}})
      append_number(file, value);
    append(file, Bytes(16));  // time, sum and sizes
    append_number(file, name_size);
    append_number(file, std::uint16_t{0});
    append_text(file, entry.name);
    append(file, entry.bytes);
    append_text(file, "PK\x07\x08");
    append_number(file, std::uint32_t{0});
    append_number(file, size);
    append_number(file, size);

    append_text(directory, "PK\x01\x02");
    for (const std::uint16_t value : {std::uint16_t{0}, std::uint16_t{0}, kFlags, std::uint16_t{0}})
      append_number(directory, value);
    append(directory, Bytes(8));  // time, sum
    append_number(directory, size);
    append_number(directory, size);
    append_number(directory, name_size);
    append(directory, Bytes(12));  // no extension, no comment, disk, attributes
    append_number(directory, offset);
    append_text(directory, entry.name);
  }
  const std::uint64_t begin = file.size();
  const std::uint64_t count = entries.size();
  append(file, directory);
  const std::uint64_t end64 = file.size();
  append_text(file, std::string_view("PK\x06\x06\x2c\0\0\0\0\0\0\0", 12));
  append(file, Bytes(12));
  for (const std::uint64_t value : {count, count, std::uint64_t{directory.size()}, begin})
    append_number(file, value);
  append_text(file, std::string_view("PK\x06\x07\0\0\0\0", 8));
  append_number(file, end64);
  append_number(file, std::uint32_t{1});
  append_text(file, std::string_view("PK\x05\x06\0\0\0\0", 8));
  append_number(file, static_cast<std::uint16_t>(count));
  append_number(file, static_cast<std::uint16_t>(count));
  append_number(file, static_cast<std::uint32_t>(directory.size()));
  append_number(file, static_cast<std::uint32_t>(begin));
  append_number(file, std::uint16_t{0});
  return file;
}

Bytes build_torch_file(const Bytes& pickle, std::span<const SampleTensor> tensors) {
  std::vector<ZipInput> entries = {{"sample/data.pkl", pickle}};
  for (std::size_t i = 0; i < tensors.size(); ++i)
    entries.push_back({"sample/data/" + std::to_string(i), tensors[i].bytes});
  entries.push_back({"sample/byteorder", to_bytes("little")});
  entries.push_back({"sample/version", to_bytes("3\n")});
  return build_zip(entries);
}

Bytes build_torch_file(std::span<const SampleTensor> tensors) {
  return build_torch_file(build_pickle(tensors), tensors);
}

Bytes build_old_torch_file(std::span<const SampleTensor> tensors) {
  Bytes file =
      to_bytes("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.");
  append(file, PickleWriter().op("}").text("little_endian").op("\x88s").finish());
  append(file, build_pickle(tensors, true));
  PickleWriter keys;
  keys.op("](");
  for (std::size_t i = 0; i < tensors.size(); ++i) keys.text(std::to_string(i));
  append(file, keys.op("e").finish());
  for (const SampleTensor& tensor : tensors) {
    append_number(file, std::uint64_t{tensor.bytes.size() / storage_type_bytes(tensor.type)});
    append(file, tensor.bytes);
  }
  return file;
}

Bytes build_safetensors(std::string_view head, const Bytes& data) {
  Bytes file;
  append_number(file, std::uint64_t{head.size()});
  append_text(file, head);
  append(file, data);
  return file;
}

Bytes build_safetensors(std::span<const SampleTensor> tensors) {
  std::string head = R"({"__metadata__":{"format":"pt"})";
  Bytes data;
  for (const SampleTensor& tensor : tensors) {
    std::string shape;
    for (const std::int64_t size : tensor.shape)
      shape += (shape.empty() ? "" : ",") + std::to_string(size);
    const std::size_t begin = data.size();
    append(data, tensor.bytes);
    head += ",\"" + tensor.name + R"(":{"dtype":")" + safetensors_name(tensor.type) +
            R"(","shape":[)" + shape + R"(],"data_offsets":[)" + std::to_string(begin) + "," +
            std::to_string(data.size()) + "]}";
  }
  return build_safetensors(head + "}", data);
}

Bytes to_bytes(std::string_view text) {
  Bytes bytes;
  append_text(bytes, text);
  return bytes;
}

double exercise(std::span<const CheckpointTensor> tensors) {
  double sum = 0;
  for (const CheckpointTensor& tensor : tensors) {
    sum += static_cast<double>(tensor.name.size() + tensor.shape_text().size());
    // What a hostile shape shows must be read in pieces, like that of a large tensor.
    const std::int64_t count = std::min<std::int64_t>(tensor.element_count(), 4096);
    std::vector<float> values(static_cast<std::size_t>(count));
    for (const std::int64_t first : {std::int64_t{0}, tensor.element_count() - count})
      if (read_elements(tensor, first, values))
        for (const float value : values) sum += static_cast<double>(value);
  }
  return sum;
}

}  // namespace galago
