// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See slow_model.h.
#include "slow_model.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gguf/gguf_reader.h"
#include "gguf/gguf_writer.h"

namespace galago {
namespace {

constexpr std::string_view kBlockCount = ".block_count";

/// Tensors of a block are called PREFIXblk.N.REST; `number` is where N begins, 0 for other tensors.
struct BlockName {
  std::size_t number = 0;
  std::size_t rest = 0;
};

BlockName block_name(std::string_view name) {
  const std::size_t at = name.find("blk.");
  if (at == std::string_view::npos) return {};
  return {at + 4, name.find('.', at + 4)};
}

Status write_deep(const std::filesystem::path& from, const std::filesystem::path& to, int times) {
  GALAGO_TRY(const std::shared_ptr<const GgufFile> file, GgufFile::open(from));
  GgufHeader header(file->alignment());
  std::uint32_t blocks = 0;
  for (const GgufEntry& entry : file->entries()) {
    if (entry.key.ends_with(kBlockCount)) {
      blocks = file->get_u32(entry.key).value_or(0);
      header.put(entry.key, blocks * static_cast<std::uint32_t>(times));
    } else {
      header.put_value(entry.key, entry.value);
    }
  }
  std::vector<std::span<const std::byte>> data;
  for (const GgufTensor& tensor : file->tensors()) {
    const BlockName block = block_name(tensor.name);
    for (int i = 0; i < (block.number > 0 ? times : 1); ++i) {
      std::string name(tensor.name);
      if (block.number > 0) {
        const std::string_view number = tensor.name.substr(block.number, block.rest - block.number);
        name.replace(block.number, number.size(),
                     std::to_string(std::stoul(std::string(number)) + i * blocks));
      }
      GALAGO_TRY(header.add_tensor(name, tensor.shape, *tensor.dtype));
      data.push_back(tensor.bytes);
    }
  }
  GALAGO_TRY(GgufWriter writer, GgufWriter::create(to, std::move(header)));
  for (const auto bytes : data) GALAGO_TRY(writer.write(bytes));
  return writer.finish();
}

}  // namespace

Status write_deep_model(const std::filesystem::path& source, const std::filesystem::path& folder,
                        int times) {
  for (const char* name : {"ggml-model-f16.gguf", "mmproj-model-f16.gguf"}) {
    GALAGO_TRY(write_deep(source / name, folder / name, times));
  }
  return {};
}

}  // namespace galago
