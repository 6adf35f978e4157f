// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/checkpoint.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

#include "checkpoint/safetensors.h"
#include "checkpoint/shard_index.h"
#include "checkpoint/torch_file.h"
#include "gguf/printable.h"

namespace galago {
namespace {

namespace fs = std::filesystem;

struct CheckpointFile {
  const char* name;
  bool is_list;
};

constexpr std::array kCheckpointFiles = {
    CheckpointFile{"model.safetensors", false},
    CheckpointFile{"model.safetensors.index.json", true},
    CheckpointFile{"pytorch_model.bin", false},
    CheckpointFile{"pytorch_model.bin.index.json", true},
};

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

const CheckpointFile* find_in(const fs::path& folder) {
  const auto* found =
      std::find_if(kCheckpointFiles.begin(), kCheckpointFiles.end(),
                   [&](const CheckpointFile& file) { return is_file(folder / file.name); });
  return found == kCheckpointFiles.end() ? nullptr : found;
}

Result<std::vector<CheckpointTensor>> read_tensors(std::span<const std::byte> bytes) {
  if (is_torch_file(bytes)) return read_torch_file(bytes);
  if (is_safetensors(bytes)) return read_safetensors(bytes);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.starts_with("version https://git-lfs"))
    return Error{Errc::kFormat,
                 "this is a Git LFS pointer, not the model itself: 'git lfs pull' fetches the "
                 "model",
                 {}};
  return Error{Errc::kFormat, "this is neither a PyTorch checkpoint nor a safetensors file", {}};
}

}  // namespace

Status Checkpoint::add(const fs::path& path) {
  // Opening a named pipe would wait for somebody to write to it.
  std::error_code error;
  if (fs::is_other(path, error)) return Error{Errc::kIo, "this is not a regular file", {path}};
  GALAGO_TRY(auto file, MappedFile::open(path));
  auto tensors = read_tensors(file->bytes());
  if (!tensors) return std::move(tensors).error().with_context(path.string());
  std::move(tensors->begin(), tensors->end(), std::back_inserter(tensors_));
  files_.push_back(std::move(file));
  return {};
}

Status Checkpoint::sort() {
  std::sort(tensors_.begin(), tensors_.end(),
            [](const CheckpointTensor& a, const CheckpointTensor& b) { return a.name < b.name; });
  const auto twice = std::adjacent_find(
      tensors_.begin(), tensors_.end(),
      [](const CheckpointTensor& a, const CheckpointTensor& b) { return a.name == b.name; });
  if (twice == tensors_.end()) return {};
  return Error{Errc::kFormat,
               "the checkpoint has two tensors called '" + printable(twice->name, 80) + "'",
               {files_.front()->path().string()}};
}

Result<Checkpoint> Checkpoint::open_file(const fs::path& path) {
  Checkpoint checkpoint;
  GALAGO_TRY(checkpoint.add(path));
  GALAGO_TRY(checkpoint.sort());
  return checkpoint;
}

Result<Checkpoint> Checkpoint::open_shards(const fs::path& index) {
  GALAGO_TRY(const auto list, MappedFile::open(index));
  auto files = read_shard_index(list->bytes());
  if (!files) return std::move(files).error().with_context(index.string());
  Checkpoint checkpoint;
  for (const auto& [name, tensors] : *files) {
    const std::size_t before = checkpoint.tensors_.size();
    GALAGO_TRY(checkpoint.add(index.parent_path() / name));
    const auto added = std::span(checkpoint.tensors_).subspan(before);
    std::vector<std::string_view> names;
    for (const CheckpointTensor& tensor : added) names.emplace_back(tensor.name);
    std::sort(names.begin(), names.end());
    for (const std::string& tensor : tensors)
      if (!std::binary_search(names.begin(), names.end(), tensor))
        return Error{Errc::kFormat,
                     "the tensor '" + printable(tensor, 80) + "' is missing in this file",
                     {(index.parent_path() / name).string()}};
  }
  GALAGO_TRY(checkpoint.sort());
  return checkpoint;
}

Result<Checkpoint> Checkpoint::open_folder(const fs::path& folder) {
  const CheckpointFile* file = find_in(folder);
  if (file == nullptr)
    return Error{Errc::kIo,
                 "there is neither model.safetensors nor pytorch_model.bin here",
                 {folder.string()}};
  return file->is_list ? open_shards(folder / file->name) : open_file(folder / file->name);
}

bool Checkpoint::is_in(const fs::path& folder) { return find_in(folder) != nullptr; }

const CheckpointTensor* Checkpoint::find(std::string_view name) const {
  const auto found = std::lower_bound(
      tensors_.begin(), tensors_.end(), name,
      [](const CheckpointTensor& tensor, auto wanted) { return tensor.name < wanted; });
  return found != tensors_.end() && found->name == name ? &*found : nullptr;
}

}  // namespace galago
