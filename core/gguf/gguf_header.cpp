// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf/gguf_header.h"

#include <algorithm>
#include <set>
#include <utility>

namespace galago {
namespace {

using Bytes = std::vector<std::byte>;

void append(Bytes& out, std::span<const std::byte> bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

template <class T>
void append_number(Bytes& out, T value) {
  append(out, std::as_bytes(std::span(&value, 1)));
}

void append_string(Bytes& out, std::string_view text) {
  append_number(out, std::uint64_t{text.size()});
  append(out, std::as_bytes(std::span(text.data(), text.size())));
}

Error invalid(std::string detail) { return {Errc::kInvalidArgument, std::move(detail), {}}; }

}  // namespace

GgufHeader::GgufHeader(std::size_t alignment) : alignment_(alignment) {
  if (alignment != kGgufDefaultAlignment)
    put(kGgufAlignmentKey, static_cast<std::uint32_t>(alignment));
}

void GgufHeader::put_string(std::string_view key, std::string_view text) {
  GgufValue stored;
  stored.type = GgufType::kString;
  stored.bytes = std::as_bytes(std::span(text.data(), text.size()));
  put_value(key, stored);
}

void GgufHeader::put_strings(std::string_view key, std::span<const std::string_view> texts) {
  Bytes encoded;
  for (const std::string_view text : texts) append_string(encoded, text);
  GgufValue stored;
  stored.type = GgufType::kArray;
  stored.element_type = GgufType::kString;
  stored.count = texts.size();
  stored.bytes = encoded;
  put_value(key, stored);
}

void GgufHeader::put_value(std::string_view key, const GgufValue& value) {
  Entry entry{std::string(key), {}};
  append_number(entry.type_and_value, static_cast<std::uint32_t>(value.type));
  if (value.type == GgufType::kString) {
    append_number(entry.type_and_value, std::uint64_t{value.bytes.size()});
  } else if (value.is_array()) {
    append_number(entry.type_and_value, static_cast<std::uint32_t>(value.element_type));
    append_number(entry.type_and_value, value.count);
  }
  append(entry.type_and_value, value.bytes);
  entries_.push_back(std::move(entry));
}

void GgufHeader::remove(std::string_view key) {
  std::erase_if(entries_, [&](const Entry& entry) { return entry.key == key; });
}

GgufHeader GgufHeader::without_tensors() const {
  GgufHeader copy;
  copy.alignment_ = alignment_;
  copy.entries_ = entries_;
  return copy;
}

Status GgufHeader::add_tensor(std::string_view name, std::span<const std::uint64_t> shape,
                              DType dtype) {
  const DTypeInfo& info = dtype_info(dtype);
  const std::string quoted = "the tensor '" + std::string(name) + "'";
  if (name.empty()) return invalid("a tensor has no name");
  if (std::any_of(tensors_.begin(), tensors_.end(), [&](const auto& t) { return t.name == name; }))
    return invalid(quoted + " is there already");
  if (shape.size() > kGgufMaxDims || std::count(shape.begin(), shape.end(), 0U) > 0)
    return invalid(quoted + " has a shape that GGUF cannot express");
  const std::uint64_t row = shape.empty() ? 1 : shape[0];
  if (row % static_cast<std::uint64_t>(info.block_size) != 0)
    return invalid("the rows of " + quoted + " are not whole blocks of " + std::string(info.name));
  TensorPlace tensor{std::string(name), {shape.begin(), shape.end()}, dtype, 0, 0};
  tensor.size = row / static_cast<std::uint64_t>(info.block_size) *
                static_cast<std::uint64_t>(info.block_bytes);
  for (std::size_t i = 1; i < shape.size(); ++i) tensor.size *= shape[i];
  if (!tensors_.empty()) {
    const TensorPlace& last = tensors_.back();
    tensor.offset = gguf_align_up(last.offset + last.size, alignment_);
  }
  tensors_.push_back(std::move(tensor));
  return {};
}

Result<std::vector<std::byte>> GgufHeader::encode() const {
  Bytes out;
  append(out, std::as_bytes(std::span(kGgufMagic)));
  append_number(out, kGgufVersion);
  append_number(out, std::uint64_t{tensors_.size()});
  append_number(out, std::uint64_t{entries_.size()});
  std::set<std::string_view> keys;
  for (const Entry& entry : entries_) {
    if (entry.key.empty()) return invalid("a key has no name");
    if (!keys.insert(entry.key).second) return invalid("the key '" + entry.key + "' occurs twice");
    append_string(out, entry.key);
    append(out, entry.type_and_value);
  }
  for (const TensorPlace& tensor : tensors_) {
    append_string(out, tensor.name);
    append_number(out, static_cast<std::uint32_t>(tensor.shape.size()));
    for (const std::uint64_t size : tensor.shape) append_number(out, size);
    append_number(out, dtype_to_ggml(tensor.dtype));
    append_number(out, tensor.offset);
  }
  out.resize(static_cast<std::size_t>(gguf_align_up(out.size(), alignment_)));
  return out;
}

}  // namespace galago
