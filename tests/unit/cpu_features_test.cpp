// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/cpu_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace galago {
namespace {

/// Sets GALAGO_ISA for a scope.
class IsaVariable {
 public:
  explicit IsaVariable(const char* value) { setenv("GALAGO_ISA", value, 1); }

  ~IsaVariable() { unsetenv("GALAGO_ISA"); }
};

TEST(CpuFeatures, NamesAndIsasAreTheSameSet) {
  for (const Isa isa : {Isa::kScalar, Isa::kAvx2, Isa::kAvx512, Isa::kAvx512Vnni, Isa::kAvx512Bf16,
                        Isa::kAmx, Isa::kNeon, Isa::kNeonDotprod, Isa::kNeonI8mm, Isa::kNeonBf16})
    EXPECT_EQ(isa_from_name(isa_name(isa)), isa);
  EXPECT_EQ(isa_from_name("avx3"), std::nullopt);
}

TEST(CpuFeatures, TheBestIsChosenUnlessAnotherIsWanted) {
  unsetenv("GALAGO_ISA");
  const auto isas = supported_isas();
  ASSERT_FALSE(isas.empty());
  EXPECT_EQ(isas.front(), Isa::kScalar);
  EXPECT_EQ(*choose_isa({}), isas.back());
  for (const Isa isa : isas) EXPECT_EQ(*choose_isa(isa), isa);
}

TEST(CpuFeatures, TheEnvironmentChooses) {
  {
    const IsaVariable variable("scalar");
    EXPECT_EQ(*choose_isa({}), Isa::kScalar);
    EXPECT_EQ(*choose_isa(supported_isas().back()), supported_isas().back());
  }
  const IsaVariable variable("abacus");
  const auto isa = choose_isa({});
  ASSERT_FALSE(isa);
  EXPECT_EQ(isa.error().code, Errc::kInvalidArgument);
  EXPECT_NE(isa.error().detail.find("abacus"), std::string::npos);
}

TEST(CpuFeatures, AnInstructionSetOfAnotherProcessorIsRefused) {
  for (const Isa isa : {Isa::kAvx2, Isa::kNeon}) {
    const auto isas = supported_isas();
    if (std::find(isas.begin(), isas.end(), isa) != isas.end()) continue;
    const auto chosen = choose_isa(isa);
    ASSERT_FALSE(chosen);
    EXPECT_EQ(chosen.error().code, Errc::kUnsupported);
  }
}

TEST(CpuFeatures, TheProcessorHasAName) { EXPECT_FALSE(processor_name().empty()); }

}  // namespace
}  // namespace galago
