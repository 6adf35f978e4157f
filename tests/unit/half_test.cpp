// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// binary16 and bfloat16 against the formulas of IEEE 754, for every bit pattern.
#include "base/half.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace galago {
namespace {

/// (−1)^s · 2^(e−15) · (1 + m/1024), or (−1)^s · 2^−14 · m/1024 where e is 0; computed in double.
double half_by_formula(std::uint16_t h) {
  const int sign = h >> 15, exponent = (h >> 10) & 31, mantissa = h & 1023;
  double value = 0;
  if (exponent == 31)
    value = mantissa == 0 ? std::numeric_limits<double>::infinity() : std::nan("");
  else if (exponent == 0)
    value = std::ldexp(mantissa, -24);
  else
    value = std::ldexp(1024 + mantissa, exponent - 25);
  return sign != 0 ? -value : value;
}

TEST(HalfTest, EveryPatternHasTheValueOfTheFormula) {
  for (std::uint32_t h = 0; h < 0x10000; ++h) {
    const auto bits = static_cast<std::uint16_t>(h);
    const double expected = half_by_formula(bits);
    const float actual = half_to_float(bits);
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(actual)) << h;
      continue;
    }
    ASSERT_EQ(static_cast<double>(actual), expected) << h;
    ASSERT_EQ(std::signbit(actual), (bits & 0x8000) != 0) << h;
  }
}

TEST(HalfTest, EveryValueComesBack) {
  for (std::uint32_t h = 0; h < 0x10000; ++h) {
    const auto bits = static_cast<std::uint16_t>(h);
    const float value = half_to_float(bits);
    if (std::isnan(value))
      ASSERT_TRUE(std::isnan(half_to_float(float_to_half(value)))) << h;
    else
      ASSERT_EQ(float_to_half(value), bits) << h;
  }
}

// Between two neighbours the nearer one wins, and halfway the one whose last bit is 0.
TEST(HalfTest, RoundsToNearestEven) {
  for (std::uint32_t h = 0; h < 0x7bff; ++h) {
    const auto low = static_cast<std::uint16_t>(h);
    const auto high = static_cast<std::uint16_t>(h + 1);
    const double middle = (half_by_formula(low) + half_by_formula(high)) / 2;
    const float exact = static_cast<float>(middle);
    ASSERT_EQ(static_cast<double>(exact), middle);
    const float below = std::nextafterf(exact, 0);
    const float above = std::nextafterf(exact, std::numeric_limits<float>::infinity());
    ASSERT_EQ(float_to_half(exact), h % 2 == 0 ? low : high) << h;
    ASSERT_EQ(float_to_half(below), low) << h;
    ASSERT_EQ(float_to_half(above), high) << h;
    ASSERT_EQ(float_to_half(-below), low | 0x8000) << h;
  }
}

TEST(HalfTest, TooLargeBecomesInfinite) {
  EXPECT_EQ(float_to_half(65519.996F), 0x7bff);
  EXPECT_EQ(float_to_half(65520.0F), 0x7c00);
  EXPECT_EQ(float_to_half(std::numeric_limits<float>::max()), 0x7c00);
  EXPECT_EQ(float_to_half(-std::numeric_limits<float>::infinity()), 0xfc00);
}

TEST(HalfTest, TooSmallBecomesZero) {
  EXPECT_EQ(float_to_half(0x1p-25F), 0x0000);  // halfway to the smallest: even
  EXPECT_EQ(float_to_half(0x1.000002p-25F), 0x0001);
  EXPECT_EQ(float_to_half(-0x1p-30F), 0x8000);
  EXPECT_EQ(float_to_half(std::numeric_limits<float>::denorm_min()), 0x0000);
}

TEST(Bfloat16Test, EveryPatternIsTheUpperHalfOfAFloat) {
  for (std::uint32_t b = 0; b < 0x10000; ++b) {
    const auto bits = static_cast<std::uint16_t>(b);
    const int sign = bits >> 15, exponent = (bits >> 7) & 255, mantissa = bits & 127;
    const float actual = bfloat16_to_float(bits);
    if (exponent == 255 && mantissa != 0) {
      ASSERT_TRUE(std::isnan(actual));
      ASSERT_TRUE(std::isnan(bfloat16_to_float(float_to_bfloat16(actual))));
      continue;
    }
    double expected = exponent == 255 ? std::numeric_limits<double>::infinity()
                      : exponent == 0 ? std::ldexp(mantissa, -133)
                                      : std::ldexp(128 + mantissa, exponent - 134);
    if (sign != 0) expected = -expected;
    ASSERT_EQ(static_cast<double>(actual), expected) << b;
    ASSERT_EQ(float_to_bfloat16(actual), bits) << b;
  }
}

TEST(Bfloat16Test, RoundsToNearestEven) {
  EXPECT_EQ(float_to_bfloat16(1.0F), 0x3f80);
  EXPECT_EQ(float_to_bfloat16(1.00390625F), 0x3f80);  // halfway to 0x3f81: even stays
  EXPECT_EQ(float_to_bfloat16(1.01171875F), 0x3f82);  // halfway from 0x3f81
  EXPECT_EQ(float_to_bfloat16(1.004F), 0x3f81);
  EXPECT_EQ(float_to_bfloat16(std::numeric_limits<float>::max()), 0x7f80);
}

}  // namespace
}  // namespace galago
