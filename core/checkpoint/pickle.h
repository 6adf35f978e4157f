// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Reads the pickles of PyTorch checkpoints. A pickle is a program for a small machine that can
// import any Python function and call it; this machine knows the few functions that torch.save
// writes for tensors, makes notes of what they would have made, and refuses all others by name.
// Nothing is ever executed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "checkpoint/checkpoint_tensor.h"

namespace galago {

struct PickleValue {
  enum class Kind : std::uint8_t {
    kNone,
    kBool,
    kInteger,
    kText,
    kOther,  ///< bytes, fractions, large integers: nothing that tensors are made of
    kTuple,
    kList,
    kDict,
    kFunction,
    kStorageType,
    kStorage,
    kTensor,
  };

  Kind kind = Kind::kNone;
  std::int64_t number = 0;  ///< a bool, an integer, a PickleFunction, a StorageType; else an index
  std::string_view text;    ///< of kText, in the file
};

/// Numbers that tensors view; where they are is told by the file around the pickle.
struct PickledStorage {
  std::string_view key;
  StorageType type = StorageType::kF32;
  std::int64_t element_count = 0;
};

struct PickledTensor {
  std::size_t storage = 0;  ///< index
  std::int64_t offset = 0;  ///< in elements
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;
};

struct Pickle {
  PickleValue root;
  std::vector<std::vector<PickleValue>> sequences;  ///< tuples; lists; dicts: key, value, key, …
  std::vector<PickledStorage> storages;
  std::vector<PickledTensor> tensors;
  std::size_t size = 0;  ///< bytes it takes

  /// The value of a dict's last entry with this key; nullptr: no dict, no such key.
  const PickleValue* find(const PickleValue& dict, std::string_view key) const;
};

/// The pickle that `bytes` begin with; views of them. Errors: kFormat (truncated, no sense);
/// kUnsupported (anything but tensors in dicts, lists and tuples).
Result<Pickle> read_pickle(std::span<const std::byte> bytes);

/// The functions that are understood.
enum class PickleFunction : std::uint8_t { kOrderedDict, kRebuildTensor, kRebuildParameter };

/// The function or storage type of this name; nothing when it is none that tensors need.
std::optional<PickleValue> known_pickle_global(std::string_view module, std::string_view name);

}  // namespace galago
