// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/dtype.h"

#include <array>

#include "base/assert.h"

namespace galago {
namespace {

struct Entry {
  DType dtype;
  std::uint32_t ggml_type;  // GGUF specification, enum ggml_type
  DTypeInfo info;
};

constexpr std::array kEntries = {
    Entry{DType::kF32, 0, {"f32", 1, 4, false}},
    Entry{DType::kF16, 1, {"f16", 1, 2, false}},
    Entry{DType::kBF16, 30, {"bf16", 1, 2, false}},
    Entry{DType::kI32, 26, {"i32", 1, 4, false}},
    Entry{DType::kQ4_0, 2, {"q4_0", 32, 18, true}},
    Entry{DType::kQ4_1, 3, {"q4_1", 32, 20, true}},
    Entry{DType::kQ5_0, 6, {"q5_0", 32, 22, true}},
    Entry{DType::kQ5_1, 7, {"q5_1", 32, 24, true}},
    Entry{DType::kQ8_0, 8, {"q8_0", 32, 34, true}},
    Entry{DType::kQ2_K, 10, {"q2_K", 256, 84, true}},
    Entry{DType::kQ3_K, 11, {"q3_K", 256, 110, true}},
    Entry{DType::kQ4_K, 12, {"q4_K", 256, 144, true}},
    Entry{DType::kQ5_K, 13, {"q5_K", 256, 176, true}},
    Entry{DType::kQ6_K, 14, {"q6_K", 256, 210, true}},
};

const Entry& entry(DType dtype) {
  const Entry& e = kEntries.at(static_cast<std::size_t>(dtype));
  GALAGO_ASSERT(e.dtype == dtype);
  return e;
}

}  // namespace

const DTypeInfo& dtype_info(DType dtype) { return entry(dtype).info; }

std::size_t row_bytes(DType dtype, std::int64_t cols) {
  const DTypeInfo& info = dtype_info(dtype);
  GALAGO_ASSERT(cols >= 0 && cols % info.block_size == 0);
  return static_cast<std::size_t>(cols / info.block_size) *
         static_cast<std::size_t>(info.block_bytes);
}

std::optional<DType> dtype_from_ggml(std::uint32_t ggml_type) {
  for (const Entry& e : kEntries)
    if (e.ggml_type == ggml_type) return e.dtype;
  return std::nullopt;
}

std::uint32_t dtype_to_ggml(DType dtype) { return entry(dtype).ggml_type; }

std::optional<DType> dtype_from_name(std::string_view name) {
  for (const Entry& e : kEntries)
    if (e.info.name == name) return e.dtype;
  return std::nullopt;
}

}  // namespace galago
