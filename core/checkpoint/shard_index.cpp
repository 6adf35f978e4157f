// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/shard_index.h"

#include <nlohmann/json.hpp>

#include "checkpoint/json_text.h"
#include "gguf/printable.h"

namespace galago {
namespace {

constexpr std::size_t kMostFiles = 1024;
constexpr std::size_t kLongestName = 255;

Error format_error(std::string detail) { return {Errc::kFormat, std::move(detail), {}}; }

}  // namespace

bool is_plain_file_name(const std::string& name) {
  return !name.empty() && name.size() <= kLongestName && name != "." && name != ".." &&
         name.find_first_of(std::string("/\\\0", 3)) == std::string::npos;
}

Result<std::map<std::string, std::vector<std::string>>> read_shard_index(
    std::span<const std::byte> text) {
  GALAGO_TRY(const nlohmann::json index, parse_json_object(text));
  const auto list = index.find("weight_map");
  if (list == index.end() || !list->is_object() || list->empty())
    return format_error("the list of the checkpoint's files names no tensors");
  std::map<std::string, std::vector<std::string>> files;
  for (const auto& [tensor, file] : list->items()) {
    if (!file.is_string() || !is_plain_file_name(file.get<std::string>()))
      return format_error("the list of the checkpoint's files names '" +
                          printable(file.is_string() ? file.get<std::string>() : "", 80) +
                          "', which is no file of its folder");
    files[file.get<std::string>()].push_back(tensor);
    if (files.size() > kMostFiles)
      return format_error("the checkpoint claims to have more files than any model");
  }
  return files;
}

}  // namespace galago
