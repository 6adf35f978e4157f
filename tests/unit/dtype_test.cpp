// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The table of types against the GGUF specification.
#include "base/dtype.h"

#include <gtest/gtest.h>

#include <string>

namespace galago {
namespace {

struct Row {
  DType dtype;
  std::uint32_t ggml_type;
  const char* name;
  int block_size;
  int block_bytes;
};

// Number, elements and bytes of a block; bytes = scales + quants as the formats list them.
constexpr Row kRows[] = {
    {DType::kF32, 0, "f32", 1, 4},
    {DType::kF16, 1, "f16", 1, 2},
    {DType::kBF16, 30, "bf16", 1, 2},
    {DType::kI32, 26, "i32", 1, 4},
    {DType::kQ4_0, 2, "q4_0", 32, 2 + 16},
    {DType::kQ4_1, 3, "q4_1", 32, 2 + 2 + 16},
    {DType::kQ5_0, 6, "q5_0", 32, 2 + 4 + 16},
    {DType::kQ5_1, 7, "q5_1", 32, 2 + 2 + 4 + 16},
    {DType::kQ8_0, 8, "q8_0", 32, 2 + 32},
    {DType::kQ2_K, 10, "q2_K", 256, 16 + 64 + 2 + 2},
    {DType::kQ3_K, 11, "q3_K", 256, 32 + 64 + 12 + 2},
    {DType::kQ4_K, 12, "q4_K", 256, 2 + 2 + 12 + 128},
    {DType::kQ5_K, 13, "q5_K", 256, 2 + 2 + 12 + 32 + 128},
    {DType::kQ6_K, 14, "q6_K", 256, 128 + 64 + 16 + 2},
};

TEST(DTypeTest, TableAgreesWithTheSpecification) {
  for (const Row& row : kRows) {
    const DTypeInfo& info = dtype_info(row.dtype);
    EXPECT_EQ(info.name, row.name);
    EXPECT_EQ(info.block_size, row.block_size) << row.name;
    EXPECT_EQ(info.block_bytes, row.block_bytes) << row.name;
    EXPECT_EQ(info.is_quantised, row.block_size > 1) << row.name;
    EXPECT_EQ(dtype_to_ggml(row.dtype), row.ggml_type) << row.name;
    EXPECT_EQ(dtype_from_ggml(row.ggml_type), row.dtype) << row.name;
    EXPECT_EQ(dtype_from_name(row.name), row.dtype);
  }
}

TEST(DTypeTest, OtherNumbersAndNamesAreUnknown) {
  int known = 0;
  for (std::uint32_t type = 0; type < 100; ++type) known += dtype_from_ggml(type) ? 1 : 0;
  EXPECT_EQ(known, static_cast<int>(std::size(kRows)));
  EXPECT_EQ(dtype_from_ggml(0xffffffff), std::nullopt);
  EXPECT_EQ(dtype_from_name("q4_k_m"), std::nullopt);
  EXPECT_EQ(dtype_from_name(""), std::nullopt);
}

TEST(DTypeTest, RowBytes) {
  EXPECT_EQ(row_bytes(DType::kF32, 7), 28U);
  EXPECT_EQ(row_bytes(DType::kQ4_0, 2048), 1152U);
  EXPECT_EQ(row_bytes(DType::kQ6_K, 512), 420U);
  EXPECT_EQ(row_bytes(DType::kQ8_0, 0), 0U);
}

}  // namespace
}  // namespace galago
