// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace galago {
namespace {

constexpr Errc kAll[] = {
    Errc::kIo,      Errc::kFormat,    Errc::kUnsupported,     Errc::kOutOfMemory,
    Errc::kDevice,  Errc::kCancelled, Errc::kInvalidArgument, Errc::kContextFull,
    Errc::kNetwork, Errc::kHash,      Errc::kInternal};

TEST(Error, SaysWhereOutermostFirst) {
  Error error{Errc::kFormat, "the header is cut off", {}};
  error = std::move(error).with_context("tensor 3").with_context("model.gguf");
  EXPECT_EQ(error.message(), "model.gguf: tensor 3: the header is cut off");
  EXPECT_EQ(error.code, Errc::kFormat);
}

TEST(Error, WithoutDetailNamesItsKind) {
  EXPECT_EQ((Error{Errc::kCancelled, "", {}}).message(), errc_name(Errc::kCancelled));
}

TEST(Error, IsOneLineWhateverAFileIsCalled) {
  const Error error{Errc::kIo, "no such\nfile", {"a\r\nb"}};
  EXPECT_EQ(error.message().find_first_of("\r\n"), std::string::npos);
}

TEST(Error, EveryKindHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const Errc code : kAll) names.insert(errc_name(code));
  EXPECT_EQ(names.size(), std::size(kAll));
  EXPECT_FALSE(names.contains(""));
  EXPECT_FALSE(names.contains(errc_name(static_cast<Errc>(1000))));
}

}  // namespace
}  // namespace galago
