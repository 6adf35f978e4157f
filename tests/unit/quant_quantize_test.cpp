// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Quantising: exact bytes where a format has a reference rule, error bounds that follow from each
// format's grid, and input that no grid can hold.
#include "quant/quantize.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "quant/dequantize.h"

namespace galago {
namespace {

constexpr DType kQuantised[] = {DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1,
                                DType::kQ8_0, DType::kQ2_K, DType::kQ3_K, DType::kQ4_K,
                                DType::kQ5_K, DType::kQ6_K};

std::vector<std::byte> encoded(DType dtype, const std::vector<float>& x) {
  std::vector<std::byte> bytes(row_bytes(dtype, static_cast<std::int64_t>(x.size())));
  quantize(dtype, x.data(), bytes.data(), static_cast<std::int64_t>(x.size()));
  return bytes;
}

std::vector<float> round_trip(DType dtype, const std::vector<float>& x) {
  const auto bytes = encoded(dtype, x);
  std::vector<float> out(x.size());
  dequantize(dtype, bytes.data(), out.data(), static_cast<std::int64_t>(x.size()));
  return out;
}

std::vector<float> normal_numbers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, 0.05F);
  std::vector<float> x(count);
  for (float& value : x) value = normal(random);
  return x;
}

/// Root mean square of the error, relative to that of the numbers.
double relative_error(DType dtype, const std::vector<float>& x) {
  const auto y = round_trip(dtype, x);
  double error = 0, power = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double difference = static_cast<double>(y[i]) - static_cast<double>(x[i]);
    error += difference * difference;
    power += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  }
  return std::sqrt(error / power);
}

// d = −8 / −8 = 1, because the element of largest magnitude, −8, gets level 0.
TEST(QuantizeTest, Q4_0BytesByHand) {
  std::vector<float> x(32, 0.0F);
  x[0] = -8;
  x[1] = 7;
  x[16] = 3.4F;
  x[17] = 3.6F;
  x[2] = 7.9F;  // beyond the grid's other end
  const auto bytes = encoded(DType::kQ4_0, x);
  EXPECT_EQ(bytes[0], std::byte{0x00});
  EXPECT_EQ(bytes[1], std::byte{0x3c});  // 1 as binary16
  EXPECT_EQ(bytes[2], std::byte{0xb0});  // −8 → 0; 3.4 → 3 + 8
  EXPECT_EQ(bytes[3], std::byte{0xcf});  // 7 → 15; 3.6 → 4 + 8
  EXPECT_EQ(bytes[4], std::byte{0x8f});  // 7.9 → 15
  EXPECT_EQ(bytes[5], std::byte{0x88});
}

TEST(QuantizeTest, Q8_0BytesByHand) {
  std::vector<float> x(32, 0.0F);
  x[0] = -127;
  x[1] = 63.5F;
  x[31] = -2.4F;
  const auto bytes = encoded(DType::kQ8_0, x);
  EXPECT_EQ(bytes[1], std::byte{0x3c});
  EXPECT_EQ(static_cast<std::int8_t>(bytes[2]), -127);
  EXPECT_EQ(static_cast<std::int8_t>(bytes[3]), 64);  // halves away from zero
  EXPECT_EQ(static_cast<std::int8_t>(bytes[33]), -2);
}

// Numbers that lie on a format's grid with scales that binary16 holds come back exactly.
TEST(QuantizeTest, GridPointsAreExact) {
  std::vector<float> signed_grid(256), affine_grid(256);
  for (std::size_t i = 0; i < 256; ++i) {
    signed_grid[i] = static_cast<float>(static_cast<int>(i % 16) - 8) * 0.5F;
    affine_grid[i] = static_cast<float>(i % 16) * 0.25F - 2.0F;
  }
  EXPECT_EQ(round_trip(DType::kQ4_0, signed_grid), signed_grid);
  EXPECT_EQ(round_trip(DType::kQ4_1, affine_grid), affine_grid);
  for (std::size_t i = 0; i < 256; ++i) {
    signed_grid[i] = static_cast<float>(static_cast<int>(i % 32) - 16) * 0.5F;
    affine_grid[i] = static_cast<float>(i % 32) * 0.25F - 2.0F;
  }
  EXPECT_EQ(round_trip(DType::kQ5_0, signed_grid), signed_grid);
  EXPECT_EQ(round_trip(DType::kQ5_1, affine_grid), affine_grid);
}

// Every group of every super-block with its own scale: a swapped scale would show.
TEST(QuantizeTest, GroupsKeepTheirOwnScales) {
  for (const DType dtype : {DType::kQ2_K, DType::kQ3_K, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K}) {
    const std::size_t group = dtype == DType::kQ4_K || dtype == DType::kQ5_K ? 32 : 16;
    std::vector<float> x(512);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const std::size_t g = i / group;
      // Both ends of Q3_K's grid of −4 … 3, so that no element lies between levels.
      const float size = static_cast<float>(1 + (g * 7) % 15);
      x[i] = size * (i % 2 == 0 ? 1.0F : -0.75F);
    }
    const auto y = round_trip(dtype, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_GT(y[i] * x[i], 0) << dtype_info(dtype).name << " " << i;
      // 15 is the largest scale in the block, so each scale is known within 1/30 … of 15.
      ASSERT_NEAR(y[i], x[i], 0.13F * std::fabs(x[i]) + 0.75F)
          << dtype_info(dtype).name << " " << i;
    }
  }
}

// Rounding to a step of s has an error of at most s/2; s follows from the range of the block. The
// end of a signed grid that is one level short can be a whole step off.
TEST(QuantizeTest, ErrorStaysWithinTheGrid) {
  const auto x = normal_numbers(4096, 1);

  struct Bound {
    DType dtype;
    double steps;  ///< levels between the smallest and largest element
    double worst;  ///< in steps
  };

  for (const Bound& bound :
       {Bound{DType::kQ4_0, 16, 1.02}, Bound{DType::kQ4_1, 15, 0.52}, Bound{DType::kQ5_0, 32, 1.02},
        Bound{DType::kQ5_1, 31, 0.52}, Bound{DType::kQ8_0, 254, 0.53}}) {
    const auto y = round_trip(bound.dtype, x);
    const bool is_signed = bound.dtype != DType::kQ4_1 && bound.dtype != DType::kQ5_1;
    for (std::size_t block = 0; block < x.size(); block += 32) {
      const auto [low, high] =
          std::minmax_element(x.begin() + static_cast<std::ptrdiff_t>(block),
                              x.begin() + static_cast<std::ptrdiff_t>(block + 32));
      const double extent =
          is_signed ? 2.0 * static_cast<double>(std::max(std::fabs(*low), std::fabs(*high)))
                    : static_cast<double>(*high) - static_cast<double>(*low);
      for (std::size_t i = block; i < block + 32; ++i)
        ASSERT_LE(std::fabs(static_cast<double>(y[i]) - static_cast<double>(x[i])),
                  bound.worst * extent / bound.steps)
            << dtype_info(bound.dtype).name << " " << i;
    }
  }
}

// Uniform errors of a grid over a normal distribution; measured values with 10 % to spare.
TEST(QuantizeTest, RelativeErrorOfNormalNumbers) {
  const auto x = normal_numbers(256 * 256, 2);

  struct Limit {
    DType dtype;
    double error;
  };

  for (const Limit& limit :
       {Limit{DType::kF32, 0.0}, Limit{DType::kF16, 0.0003}, Limit{DType::kBF16, 0.002},
        Limit{DType::kQ4_0, 0.095}, Limit{DType::kQ4_1, 0.085}, Limit{DType::kQ5_0, 0.046},
        Limit{DType::kQ5_1, 0.041}, Limit{DType::kQ8_0, 0.006}, Limit{DType::kQ2_K, 0.35},
        Limit{DType::kQ3_K, 0.17}, Limit{DType::kQ4_K, 0.085}, Limit{DType::kQ5_K, 0.041},
        Limit{DType::kQ6_K, 0.020}})
    EXPECT_LE(relative_error(limit.dtype, x), limit.error) << dtype_info(limit.dtype).name;
}

TEST(QuantizeTest, ZerosStayZero) {
  const std::vector<float> zeros(256, 0.0F);
  for (const DType dtype : kQuantised)
    EXPECT_EQ(round_trip(dtype, zeros), zeros) << dtype_info(dtype).name;
}

TEST(QuantizeTest, ConstantsOfEitherSign) {
  for (const float value : {1.0F, -1.0F, 3.0F, -0.01F}) {
    const std::vector<float> x(256, value);
    for (const DType dtype : kQuantised)
      for (const float y : round_trip(dtype, x))
        ASSERT_NEAR(y, value, 0.01F * std::fabs(value)) << dtype_info(dtype).name;
  }
}

// What a broken checkpoint may hold must not be undefined behaviour; the sanitizers watch.
TEST(QuantizeTest, NumbersThatNoGridHolds) {
  for (const float odd :
       {std::numeric_limits<float>::infinity(), std::nanf(""), std::numeric_limits<float>::max(),
        std::numeric_limits<float>::denorm_min(), -1e38F}) {
    std::vector<float> x = normal_numbers(256, 3);
    x[5] = odd;
    x[200] = -odd;
    for (const DType dtype : kQuantised) EXPECT_EQ(round_trip(dtype, x).size(), x.size());
  }
}

// Any bytes are some block: files are not trusted, so decoding must be defined for all of them.
TEST(DequantizeTest, AnyBytesAreDecoded) {
  std::mt19937 random(4);
  for (const DType dtype : kQuantised) {
    std::vector<std::byte> bytes(row_bytes(dtype, 256 * 64));
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random() & 255);
    std::vector<float> out(256 * 64, -1.0F);
    dequantize(dtype, bytes.data(), out.data(), static_cast<std::int64_t>(out.size()));
    EXPECT_NE(out.back(), -1.0F) << dtype_info(dtype).name;
  }
}

}  // namespace
}  // namespace galago
