// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "gguf_builder.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "gguf/gguf_summary.h"
#include "quant/dequantize.h"
#include "text/tokenizer.h"

namespace galago {
namespace {

void add(GgufHeader& header, std::string_view name, std::vector<std::uint64_t> shape,
         DType dtype = DType::kF32) {
  if (!header.add_tensor(name, shape, dtype)) std::abort();
}

/// An array of `count` arrays of two u8 each.
Bytes pairs_of_u8(std::uint64_t count) {
  Bytes bytes;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto type = static_cast<std::uint32_t>(GgufType::kU8);
    const std::uint64_t two = 2;
    const std::array<std::uint8_t, 2> values = {static_cast<std::uint8_t>(2 * i),
                                                static_cast<std::uint8_t>(2 * i + 1)};
    const auto append = [&](auto raw) { bytes.insert(bytes.end(), raw.begin(), raw.end()); };
    append(std::as_bytes(std::span(&type, 1)));
    append(std::as_bytes(std::span(&two, 1)));
    append(std::as_bytes(std::span(values)));
  }
  return bytes;
}

double exercise_value(const GgufValue& value, int depth) {
  double sum = static_cast<double>(value.bytes.size());
  sum += static_cast<double>(value.as_u64().value_or(1));
  sum += static_cast<double>(value.as_i64().value_or(2));
  sum += static_cast<double>(value.as_f32().value_or(3));
  sum += value.as_bool().value_or(false) ? 1 : 0;
  for (const char c : value.as_string().value_or("")) sum += c;
  if (const auto floats = value.as_f32_array(); floats && !floats->empty())
    sum += static_cast<double>(floats->back());
  if (const auto integers = value.as_i32_array(); integers && !integers->empty())
    sum += integers->back();
  if (const auto texts = value.as_string_array())
    for (const std::string_view text : *texts) sum += static_cast<double>(text.size());
  if (depth > 0)
    for (const GgufValue& element : value.elements(100)) sum += exercise_value(element, depth - 1);
  return sum;
}

}  // namespace

Bytes build_gguf(const GgufHeader& header) {
  auto head = header.encode();
  if (!head) std::abort();
  Bytes bytes = *std::move(head);
  if (header.tensors().empty()) return bytes;
  const auto& last = header.tensors().back();
  const std::size_t start = bytes.size();
  bytes.resize(start + gguf_align_up(last.offset + last.size, header.alignment()));
  for (std::size_t i = start; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::byte>((i - start) % 251);
  return bytes;
}

Result<std::shared_ptr<const GgufFile>> parse_copy(std::span<const std::byte> bytes) {
  // Not a vector: its capacity may be larger than its size.
  const std::shared_ptr<std::byte[]> copy(new std::byte[bytes.size()]);
  if (!bytes.empty()) std::memcpy(copy.get(), bytes.data(), bytes.size());
  return GgufFile::parse({copy.get(), bytes.size()}, copy);
}

GgufHeader sample_header() {
  GgufHeader header(64);
  header.put_string("general.architecture", "llama");
  header.put_string("general.name", "Sämple");
  header.put("u8", std::uint8_t{200});
  header.put("i8", std::int8_t{-100});
  header.put("u16", std::uint16_t{60000});
  header.put("i16", std::int16_t{-30000});
  header.put("u32", std::uint32_t{4000000000});
  header.put("i32", std::int32_t{-2000000000});
  header.put("f32", 0.5F);
  header.put("bool", true);
  header.put("u64", std::uint64_t{1} << 63);
  header.put("i64", std::int64_t{-5000000000});
  header.put("f64", 1e-300);
  header.put_string("empty", "");
  header.put_array<std::uint16_t>("u16s", std::array<std::uint16_t, 3>{1, 2, 65535});
  header.put_array<std::int64_t>("i64s", std::array<std::int64_t, 2>{-1, 1});
  header.put_array<float>("f32s", std::array<float, 3>{0.25F, -1.0F, 3.0F});
  header.put_array<double>("f64s", std::array<double, 2>{1e300, -0.5});
  header.put_array<float>("no_f32s", {});
  header.put_strings("tokenizer.ggml.tokens",
                     std::array<std::string_view, 4>{"<unk>", "<s>", "", "▁a"});
  header.put_array<float>("tokenizer.ggml.scores", std::array<float, 4>{0, 0, -1, -2});
  header.put_array<std::int32_t>("tokenizer.ggml.token_type",
                                 std::array<std::int32_t, 4>{2, 3, 1, 1});
  header.put("tokenizer.ggml.bos_token_id", std::uint32_t{7});
  const Bytes pairs = pairs_of_u8(3);
  GgufValue nested;
  nested.type = GgufType::kArray;
  nested.element_type = GgufType::kArray;
  nested.count = 3;
  nested.bytes = pairs;
  header.put_value("nested", nested);
  add(header, "token_embd.weight", {64, 4}, DType::kQ4_0);
  add(header, "blk.0.attn_norm.weight", {5});
  add(header, "cube", {2, 3, 4}, DType::kF16);
  add(header, "four", {1, 2, 1, 3}, DType::kBF16);
  add(header, "scalar", {}, DType::kF32);
  add(header, "super", {256, 2}, DType::kQ6_K);
  return header;
}

GgufHeader tiny_language_model(std::string_view name) {
  GgufHeader header;
  header.put_string("general.architecture", "llama");
  header.put_string("general.name", name);
  header.put("llama.block_count", std::uint32_t{1});
  header.put("llama.context_length", std::uint32_t{2048});
  add(header, "token_embd.weight", {32, 8}, DType::kQ8_0);
  return header;
}

GgufHeader tiny_projector(std::string_view projector_type) {
  GgufHeader header;
  header.put_string("general.architecture", "clip");
  header.put_string("clip.projector_type", projector_type);
  header.put("clip.vision.image_size", std::uint32_t{336});
  add(header, "mm.0.weight", {4, 8});
  return header;
}

double exercise(const GgufFile& file) {
  double sum = static_cast<double>(file.version()) + static_cast<double>(file.alignment());
  for (const GgufEntry& entry : file.entries()) {
    sum += file.value(entry.key) == &entry.value ? 1 : 0;
    sum += static_cast<double>(file.get_u32(entry.key).value_or(0));
    sum += static_cast<double>(file.get_i32(entry.key).value_or(0));
    sum += exercise_value(entry.value, 3);
  }
  std::array<float, 256> block{};
  for (const GgufTensor& tensor : file.tensors()) {
    sum += file.find(tensor.name) == &tensor ? 1 : 0;
    const auto dtype = tensor.checked_dtype();
    sum += dtype ? 0 : static_cast<double>(dtype.error().message().size());
    if (!dtype || *dtype == DType::kI32) continue;
    const auto size = static_cast<std::uint64_t>(dtype_info(*dtype).block_size);
    const std::uint64_t count = std::min<std::uint64_t>(tensor.element_count, 256) / size * size;
    dequantize(*dtype, tensor.bytes.data(), block.data(), static_cast<std::int64_t>(count));
    sum += static_cast<double>(block[0]);
    // The end of the tensor must be readable too.
    if (!tensor.bytes.empty()) sum += static_cast<double>(tensor.bytes.back());
  }
  const GgufSummary summary = summarise(file);
  sum += static_cast<double>(to_text(summary, SummaryDetail::kMetadataAndTensors).size());
  sum += static_cast<double>(file.vocabulary().pieces.size() + file.element_count());
  return sum + static_cast<double>(file.commonest_type());
}

}  // namespace galago
