// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Quantised blocks beside those of the quantiser that the formats come from (tests/data/quant): the
// same bytes for blocks of 32, an error not above its own for blocks of 256.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "quant/dequantize.h"
#include "quant/quantize.h"
#include "test_data.h"

namespace galago {
namespace {

/// The same on every machine: sums and products of exact numbers, in no order that could change.
class KnownNumbers {
 public:
  float uniform() {
    state_ = state_ * 1664525U + 1013904223U;
    return static_cast<float>(state_ >> 8) * 0x1p-24F - 0.5F;
  }

  /// Nearly normal, standard deviation about 0.06.
  float bell() {
    float sum = uniform();
    for (int i = 0; i < 3; ++i) sum += uniform();
    return sum * 0.1F;
  }

  /// Most near zero, a few very large.
  float heavy() {
    const float value = bell() * 10;
    return value * value * value;
  }

 private:
  std::uint32_t state_ = 1;
};

/// Blocks of 32 of every kind: numbers in the middle between levels, one sign, equal, zeros, tiny.
std::vector<float> blocks_of_each_kind() {
  KnownNumbers known;
  std::vector<float> x;
  for (int block = 0; block < 64; ++block)
    for (int i = 0; i < 32; ++i) {
      const float bell = known.bell(), heavy = known.heavy();
      const float kinds[] = {bell,
                             heavy,
                             std::floor(bell * 64) / 32,
                             std::fabs(bell),
                             bell - 1,
                             block % 16 < 8 ? 0.75F : 0,
                             bell * 0x1p-20F,
                             heavy * 0x1p10F};
      x.push_back(kinds[block % 8]);
    }
  return x;
}

std::vector<std::byte> encoded(DType dtype, const std::vector<float>& x) {
  std::vector<std::byte> bytes(row_bytes(dtype, static_cast<std::int64_t>(x.size())));
  quantize(dtype, x.data(), bytes.data(), static_cast<std::int64_t>(x.size()));
  return bytes;
}

std::vector<std::byte> golden(DType dtype) {
  const auto path = test_data_folder() / "quant" / (std::string(dtype_info(dtype).name) + ".bin");
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto* data = reinterpret_cast<const std::byte*>(text.data());
  return {data, data + text.size()};
}

TEST(QuantReferenceTest, SmallBlocksAreTheSameBytes) {
  const auto x = blocks_of_each_kind();
  for (const DType dtype : {DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kQ8_0}) {
    const auto ours = encoded(dtype, x), theirs = golden(dtype);
    const auto& info = dtype_info(dtype);
    ASSERT_EQ(ours.size(), theirs.size()) << info.name;
    for (std::size_t i = 0; i < ours.size(); ++i)
      ASSERT_EQ(ours[i], theirs[i])
          << info.name << ", byte " << i % static_cast<std::size_t>(info.block_bytes)
          << " of block " << i / static_cast<std::size_t>(info.block_bytes);
  }
}

double root_mean_square_error(DType dtype, const std::vector<float>& x) {
  const auto bytes = encoded(dtype, x);
  std::vector<float> y(x.size());
  dequantize(dtype, bytes.data(), y.data(), static_cast<std::int64_t>(y.size()));
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double difference = static_cast<double>(y[i]) - static_cast<double>(x[i]);
    sum += difference * difference;
  }
  return std::sqrt(sum / static_cast<double>(x.size()));
}

TEST(QuantReferenceTest, ErrorOfSuperBlocksIsNotAboveTheReference) {
  struct Errors {
    DType dtype;
    double bell;
    double heavy;
  };

  KnownNumbers known;
  std::vector<float> bell(256 * 256), heavy(256 * 256);
  for (float& value : bell) value = known.bell();
  for (float& value : heavy) value = known.heavy();
  for (const Errors& reference :
       {Errors{DType::kQ2_K, 0.016605, 0.25371}, Errors{DType::kQ3_K, 0.0084574, 0.10025},
        Errors{DType::kQ4_K, 0.0039769, 0.057643}, Errors{DType::kQ5_K, 0.0020104, 0.031384},
        Errors{DType::kQ6_K, 0.00098626, 0.015178}}) {
    const auto& name = dtype_info(reference.dtype).name;
    EXPECT_LE(root_mean_square_error(reference.dtype, bell), reference.bell) << name;
    EXPECT_LE(root_mean_square_error(reference.dtype, heavy), reference.heavy) << name;
  }
}

}  // namespace
}  // namespace galago
