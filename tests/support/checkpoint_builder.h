// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Small checkpoints in memory, for tests and as seeds of the fuzz target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checkpoint/checkpoint_tensor.h"

namespace galago {

using Bytes = std::vector<std::byte>;

/// A tensor to be saved, contiguous.
struct SampleTensor {
  std::string name;
  StorageType type = StorageType::kF32;
  std::vector<std::int64_t> shape;
  Bytes bytes;
};

/// Element i is i / 8, exact in every type; `type` is one of the floating-point ones.
SampleTensor sample_tensor(std::string name, std::vector<std::int64_t> shape,
                           StorageType type = StorageType::kF32);
/// The same with values of one's own.
SampleTensor sample_tensor(std::string name, std::vector<std::int64_t> shape,
                           std::span<const float> values, StorageType type = StorageType::kF32);

/// One of each type that weights have, integers, a number without dimensions.
std::vector<SampleTensor> sample_tensors();

/// Writes the instructions of a pickle, protocol 2.
class PickleWriter {
 public:
  PickleWriter() { op("\x80\x02"); }

  PickleWriter& op(std::string_view instructions);
  PickleWriter& integer(std::int32_t value);
  PickleWriter& text(std::string_view value);
  PickleWriter& tuple(std::span<const std::int64_t> values);
  PickleWriter& global(std::string_view module, std::string_view name);
  /// The tensor whose storage has the key; `is_old`: as the older format names storages.
  PickleWriter& tensor(const SampleTensor& tensor, std::string_view key, bool is_old = false);

  /// With the instruction that ends it.
  Bytes finish();

 private:
  std::string text_;
};

/// A dict of tensors, the i-th with the storage "i".
Bytes build_pickle(std::span<const SampleTensor> tensors, bool is_old = false);

struct ZipInput {
  std::string name;
  Bytes bytes;
};

/// Stored entries, as torch.save writes them: sizes behind the data, and a zip64 record at the end.
Bytes build_zip(std::span<const ZipInput> entries);

/// The archive "sample" of a pickle and the tensors' storages.
Bytes build_torch_file(const Bytes& pickle, std::span<const SampleTensor> tensors);
Bytes build_torch_file(std::span<const SampleTensor> tensors);
Bytes build_old_torch_file(std::span<const SampleTensor> tensors);
Bytes build_safetensors(std::span<const SampleTensor> tensors);
/// A file with this head.
Bytes build_safetensors(std::string_view head, const Bytes& data);

Bytes to_bytes(std::string_view text);

/// Reads all that the tensors have; depends on every number.
double exercise(std::span<const CheckpointTensor> tensors);

}  // namespace galago
