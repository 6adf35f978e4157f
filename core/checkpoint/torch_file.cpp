// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "checkpoint/torch_file.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "checkpoint/pickle.h"
#include "checkpoint/zip_archive.h"
#include "gguf/byte_reader.h"
#include "gguf/printable.h"

namespace galago {
namespace {

using Bytes = std::span<const std::byte>;
using Kind = PickleValue::Kind;

constexpr std::string_view kZipMagic = "PK\x03\x04";
// The older format begins with the pickle of a large number and that of a version, 1001.
constexpr std::string_view kOldMagic =
    "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.";

std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Error format_error(std::string detail) { return {Errc::kFormat, std::move(detail), {}}; }

std::string quoted(std::string_view name) { return "'" + printable(name, 80) + "'"; }

Error big_endian() {
  return {Errc::kUnsupported, "the checkpoint was written by a big-endian machine", {}};
}

/// Holds a storage's bytes to what the pickle says of it.
Status check_size(const PickledStorage& storage, std::uint64_t size) {
  const std::uint64_t element = storage_type_bytes(storage.type);
  if (size % element == 0 && static_cast<std::uint64_t>(storage.element_count) == size / element)
    return {};
  return format_error("the storage " + quoted(storage.key) + " should hold " +
                      std::to_string(storage.element_count) + " numbers of the type " +
                      std::string(storage_type_name(storage.type)) + ", but has " +
                      std::to_string(size) + " bytes");
}

/// The tensors of the pickle's dict; `storages` are the bytes of the pickle's storages.
Result<std::vector<CheckpointTensor>> place_tensors(const Pickle& pickle,
                                                    std::span<const Bytes> storages) {
  if (pickle.root.kind != Kind::kDict) return format_error("the checkpoint is no dict of tensors");
  const auto& items = pickle.sequences[static_cast<std::size_t>(pickle.root.number)];
  std::vector<CheckpointTensor> tensors;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i].kind != Kind::kText || items[i + 1].kind != Kind::kTensor) continue;
    const PickledTensor& pickled = pickle.tensors[static_cast<std::size_t>(items[i + 1].number)];
    CheckpointTensor tensor;
    tensor.name = items[i].text;
    tensor.type = pickle.storages[pickled.storage].type;
    tensor.shape = pickled.shape;
    tensor.strides = pickled.strides;
    GALAGO_TRY(place_tensor(tensor, storages[pickled.storage], pickled.offset));
    tensors.push_back(std::move(tensor));
  }
  if (tensors.empty()) return format_error("the checkpoint holds no tensors");
  return tensors;
}

/// The folder of the archive that everything lies in: that of the only "…/data.pkl".
Result<std::string_view> find_folder(const ZipArchive& archive) {
  constexpr std::string_view kPickle = "/data.pkl";
  std::string_view folder;
  for (const ZipEntry& entry : archive.entries()) {
    if (!entry.name.ends_with(kPickle)) continue;
    if (!folder.empty()) return format_error("the archive holds several checkpoints");
    folder = entry.name.substr(0, entry.name.size() - kPickle.size());
  }
  if (folder.empty()) return format_error("this ZIP archive is not a PyTorch checkpoint");
  return folder;
}

Result<std::vector<CheckpointTensor>> read_archive(Bytes file) {
  GALAGO_TRY(const ZipArchive archive, ZipArchive::parse(file));
  GALAGO_TRY(const std::string_view name, find_folder(archive));
  const std::string folder = std::string(name) + "/";
  const ZipEntry* order = archive.find(folder + "byteorder");
  if (order != nullptr && as_text(order->bytes) != "little") return big_endian();
  GALAGO_TRY(const Pickle pickle, read_pickle(archive.find(folder + "data.pkl")->bytes));
  std::vector<Bytes> storages;
  for (const PickledStorage& storage : pickle.storages) {
    const ZipEntry* entry = archive.find(folder + "data/" + std::string(storage.key));
    if (entry == nullptr)
      return format_error("the storage " + quoted(storage.key) + " is missing in the archive");
    GALAGO_TRY(check_size(storage, entry->bytes.size()));
    storages.push_back(entry->bytes);
  }
  return place_tensors(pickle, storages);
}

Status check_byte_order(const Pickle& system) {
  const PickleValue* little = system.find(system.root, "little_endian");
  if (little == nullptr || little->kind != Kind::kBool)
    return format_error("the checkpoint does not say its byte order");
  if (little->number == 0) return big_endian();
  return {};
}

// After the magic numbers: a pickle about the machine, that of the tensors, a list of the storages'
// keys, and for each its element count and its numbers.
Result<std::vector<CheckpointTensor>> read_old(Bytes file) {
  ByteReader reader(file);
  reader.take_bytes(kOldMagic.size());
  const auto next_pickle = [&]() -> Result<Pickle> {
    GALAGO_TRY(Pickle pickle, read_pickle(file.subspan(reader.position())));
    reader.take_bytes(pickle.size);
    return pickle;
  };
  GALAGO_TRY(const Pickle system, next_pickle());
  GALAGO_TRY(check_byte_order(system));
  GALAGO_TRY(const Pickle pickle, next_pickle());
  GALAGO_TRY(const Pickle keys, next_pickle());
  if (keys.root.kind != Kind::kList) return format_error("the checkpoint has no list of storages");
  std::map<std::string_view, StorageType> types;
  for (const PickledStorage& storage : pickle.storages) types[storage.key] = storage.type;
  std::map<std::string_view, Bytes> found;
  for (const PickleValue& key : keys.sequences[static_cast<std::size_t>(keys.root.number)]) {
    const auto type = types.find(key.text);
    const auto count = reader.take<std::uint64_t>();
    if (type == types.end() || !count) return format_error("the list of storages is corrupt");
    const std::uint64_t element = storage_type_bytes(type->second);
    const auto bytes =
        *count <= reader.left() / element ? reader.take_bytes(*count * element) : std::nullopt;
    if (!bytes) return format_error("the checkpoint is truncated: numbers of tensors are missing");
    found[key.text] = *bytes;
  }
  std::vector<Bytes> storages;
  for (const PickledStorage& storage : pickle.storages) {
    const auto bytes = found.find(storage.key);
    if (bytes == found.end())
      return format_error("the storage " + quoted(storage.key) + " is missing");
    GALAGO_TRY(check_size(storage, bytes->second.size()));
    storages.push_back(bytes->second);
  }
  return place_tensors(pickle, storages);
}

}  // namespace

bool is_torch_file(Bytes file) {
  return as_text(file).starts_with(kZipMagic) || as_text(file).starts_with(kOldMagic);
}

Result<std::vector<CheckpointTensor>> read_torch_file(Bytes file) {
  if (as_text(file).starts_with(kOldMagic)) return read_old(file);
  return read_archive(file);
}

}  // namespace galago
