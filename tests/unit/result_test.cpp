// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace galago {
namespace {

Result<int> half_of(int number) {
  if (number % 2 != 0) return Error{Errc::kInvalidArgument, "odd", {}};
  return number / 2;
}

Status require_even(int number) {
  if (number % 2 != 0) return Error{Errc::kFormat, "not even", {}};
  return {};
}

Result<std::string> quarter_of(int number) {
  GALAGO_TRY(const int half, half_of(number));
  GALAGO_TRY(int quarter, half_of(half));
  return std::to_string(quarter);
}

Result<int> check_then_halve(int number, int& steps) {
  ++steps;
  GALAGO_TRY(require_even(number));
  ++steps;
  return half_of(number);
}

TEST(Result, HoldsAValue) {
  Result<int> result = half_of(4);
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(*result, 2);
  result.value() = 7;
  EXPECT_EQ(result.value(), 7);
}

TEST(Result, HoldsAnError) {
  const Result<int> result = half_of(3);
  ASSERT_FALSE(result.has_value());
  EXPECT_FALSE(static_cast<bool>(result));
  EXPECT_EQ(result.error().code, Errc::kInvalidArgument);
  EXPECT_EQ(result.error().detail, "odd");
}

TEST(Result, PassesOnWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
  ASSERT_TRUE(result);
  EXPECT_EQ(**result, 5);
  const std::unique_ptr<int> taken = *std::move(result);
  ASSERT_NE(taken, nullptr);
  EXPECT_EQ(*taken, 5);
}

TEST(Result, ReachesMembers) {
  const Result<std::string> result(std::string("four"));
  EXPECT_EQ(result->size(), 4U);
}

TEST(Status, IsWellOrHoldsAnError) {
  EXPECT_TRUE(Status().has_value());
  EXPECT_TRUE(require_even(2));
  const Status failed = require_even(1);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::kFormat);
}

TEST(Try, InitialisesOrReturnsTheError) {
  const auto quarter = quarter_of(12);
  ASSERT_TRUE(quarter);
  EXPECT_EQ(*quarter, "3");
  EXPECT_EQ(quarter_of(3).error().detail, "odd");
  EXPECT_EQ(quarter_of(6).error().detail, "odd");  // the second step fails
}

TEST(Try, OfAStatusStopsAtTheError) {
  int steps = 0;
  EXPECT_EQ(*check_then_halve(8, steps), 4);
  EXPECT_EQ(steps, 2);
  EXPECT_EQ(check_then_halve(7, steps).error().code, Errc::kFormat);
  EXPECT_EQ(steps, 3);
}

TEST(Try, EvaluatesItsExpressionOnce) {
  int calls = 0;
  const auto count = [&]() -> Result<int> { return ++calls; };
  const auto run = [&]() -> Result<int> {
    GALAGO_TRY(const int value, count());
    return value;
  };
  EXPECT_EQ(*run(), 1);
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace galago
