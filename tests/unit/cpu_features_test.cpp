// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/cpu_features.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <thread>

#include "temporary_folder.h"

namespace galago {
namespace {

/// Looks like "/" once files are written: hardware threads of the running process, control groups.
using FakeRoot = TemporaryFolder;

/// Sets GALAGO_ISA for a scope.
class IsaVariable {
 public:
  explicit IsaVariable(const char* value) { setenv("GALAGO_ISA", value, 1); }

  ~IsaVariable() { unsetenv("GALAGO_ISA"); }
};

TEST(CpuFeatures, NamesAndIsasAreTheSameSet) {
  for (const Isa isa : {Isa::kScalar, Isa::kAvx2, Isa::kAvx512, Isa::kAvx512Vnni, Isa::kAvx512Bf16,
                        Isa::kAmx, Isa::kNeon, Isa::kNeonDotprod})
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

TEST(UsableCores, IsSensibleHere) {
  EXPECT_GE(usable_cores(), 1);
  EXPECT_LE(usable_cores(), static_cast<int>(std::thread::hardware_concurrency()));
}

TEST(UsableCores, ThreadsOfOneCoreCountOnce) {
  const int without_topology = usable_cores(FakeRoot().path());
  EXPECT_EQ(without_topology, static_cast<int>(std::thread::hardware_concurrency()));
  const FakeRoot root;
  cpu_set_t mine;
  ASSERT_EQ(sched_getaffinity(0, sizeof(mine), &mine), 0);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &mine)) continue;
    root.write(
        "sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list",
        "0-1023\n");
  }
  EXPECT_EQ(usable_cores(root.path()), 1);
}

TEST(UsableCores, TheSmallestQuotaOfTheGroupsAroundCounts) {
  const FakeRoot root;
  const int all = usable_cores(root.path());
  root.write("proc/self/cgroup", "1:cpu:/elsewhere\n0::/outer/inner\n");
  root.write("sys/fs/cgroup/outer/inner/cpu.max", "max 100000\n");
  EXPECT_EQ(usable_cores(root.path()), all);
  root.write("sys/fs/cgroup/outer/cpu.max", "150000 100000\n");
  EXPECT_EQ(usable_cores(root.path()), 1);
  root.write("sys/fs/cgroup/outer/cpu.max", "50000 100000\n");
  EXPECT_EQ(usable_cores(root.path()), 1);
  root.write("sys/fs/cgroup/outer/cpu.max", "100000000 100000\n");
  EXPECT_EQ(usable_cores(root.path()), all);
}

TEST(UsableCores, AnOldControlGroupsQuotaCounts) {
  const FakeRoot root;
  const int all = usable_cores(root.path());
  root.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  root.write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(usable_cores(root.path()), all);
  root.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000\n");
  EXPECT_EQ(usable_cores(root.path()), 1);
}

TEST(UsableCores, TheAffinityMaskCounts) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof(before), &before), 0);
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &before)) continue;
    CPU_SET(cpu, &one);
    break;
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
  EXPECT_EQ(usable_cores(), 1);
  sched_setaffinity(0, sizeof(before), &before);
}

}  // namespace
}  // namespace galago
