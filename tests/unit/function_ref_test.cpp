// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/function_ref.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>

namespace galago {
namespace {

int apply(FunctionRef<int(int)> function, int number) { return function(number); }

TEST(FunctionRef, CallsLambdasAndObjects) {
  EXPECT_EQ(apply([](int n) { return n + 1; }, 4), 5);

  struct Adder {
    int amount;

    int operator()(int n) const { return n + amount; }
  };

  const Adder adder{10};
  EXPECT_EQ(apply(adder, 4), 14);
}

TEST(FunctionRef, RefersToTheCallableItself) {
  int calls = 0;
  auto count = [&calls, own = 0](int) mutable {
    calls = ++own;
    return own;
  };
  const FunctionRef<int(int)> first = count;
  const FunctionRef<int(int)> second = first;
  first(0);
  second(0);
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(count(0), 3);
}

TEST(FunctionRef, PassesReferencesAndWhatCanOnlyBeMoved) {
  std::string text;
  const auto append = [](std::string& to, std::unique_ptr<int> number) {
    to += std::to_string(*number);
  };
  const FunctionRef<void(std::string&, std::unique_ptr<int>)> function = append;
  function(text, std::make_unique<int>(7));
  EXPECT_EQ(text, "7");
}

TEST(FunctionRef, KnowsWhetherItIsEmpty) {
  EXPECT_FALSE(static_cast<bool>(FunctionRef<void()>()));
  const auto nothing = [] {};
  EXPECT_TRUE(static_cast<bool>(FunctionRef<void()>(nothing)));
}

TEST(FunctionRef, TakesOnlyWhatCanBeCalledSo) {
  const auto takes_text = [](const std::string&) { return 1; };
  static_assert(!std::is_constructible_v<FunctionRef<int(int)>, decltype(takes_text)>);
  static_assert(std::is_trivially_copyable_v<FunctionRef<int(int)>>);
}

}  // namespace
}  // namespace galago
