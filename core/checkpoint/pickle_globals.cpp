// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The only Python objects that a checkpoint may ask for.
#include <array>

#include "checkpoint/pickle.h"

namespace galago {
namespace {

using Kind = PickleValue::Kind;

struct KnownStorage {
  std::string_view name;
  StorageType type;
};

constexpr std::array kStorages = {
    KnownStorage{"DoubleStorage", StorageType::kF64},
    KnownStorage{"FloatStorage", StorageType::kF32},
    KnownStorage{"HalfStorage", StorageType::kF16},
    KnownStorage{"BFloat16Storage", StorageType::kBF16},
    KnownStorage{"LongStorage", StorageType::kI64},
    KnownStorage{"IntStorage", StorageType::kI32},
    KnownStorage{"ShortStorage", StorageType::kI16},
    KnownStorage{"CharStorage", StorageType::kI8},
    KnownStorage{"ByteStorage", StorageType::kU8},
    KnownStorage{"BoolStorage", StorageType::kBool},
};

struct KnownFunction {
  std::string_view module;
  std::string_view name;
  PickleFunction function;
};

constexpr std::array kFunctions = {
    KnownFunction{"collections", "OrderedDict", PickleFunction::kOrderedDict},
    KnownFunction{"torch._utils", "_rebuild_tensor_v2", PickleFunction::kRebuildTensor},
    KnownFunction{"torch._utils", "_rebuild_parameter", PickleFunction::kRebuildParameter},
};

}  // namespace

std::optional<PickleValue> known_pickle_global(std::string_view module, std::string_view name) {
  for (const KnownFunction& known : kFunctions)
    if (known.module == module && known.name == name)
      return PickleValue{Kind::kFunction, static_cast<std::int64_t>(known.function), {}};
  for (const KnownStorage& known : kStorages)
    if (module == "torch" && known.name == name)
      return PickleValue{Kind::kStorageType, static_cast<std::int64_t>(known.type), {}};
  return std::nullopt;
}

}  // namespace galago
