// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/cpu_cores.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <string>
#include <thread>
#include <vector>

#include "base/thread_pool.h"
#include "temporary_folder.h"

namespace galago {
namespace {

/// Looks like "/" once files are written: hardware threads of the running process, control groups.
using FakeRoot = TemporaryFolder;

std::vector<int> cpus_of_this_thread() {
  cpu_set_t mask;
  EXPECT_EQ(sched_getaffinity(0, sizeof(mask), &mask), 0);
  std::vector<int> cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(cpu, &mask)) cpus.push_back(cpu);
  return cpus;
}

TEST(ComputeCores, IsSensibleHere) {
  EXPECT_GE(compute_cores().count, 1);
  EXPECT_LE(compute_cores().count, static_cast<int>(std::thread::hardware_concurrency()));
}

TEST(ComputeCores, ThreadsOfOneCoreCountOnce) {
  const int without_topology = compute_cores(FakeRoot().path()).count;
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
  EXPECT_EQ(compute_cores(root.path()).count, 1);
}

TEST(ComputeCores, TheSmallestQuotaOfTheGroupsAroundCounts) {
  const FakeRoot root;
  const int all = compute_cores(root.path()).count;
  root.write("proc/self/cgroup", "1:cpu:/elsewhere\n0::/outer/inner\n");
  root.write("sys/fs/cgroup/outer/inner/cpu.max", "max 100000\n");
  EXPECT_EQ(compute_cores(root.path()).count, all);
  root.write("sys/fs/cgroup/outer/cpu.max", "150000 100000\n");
  EXPECT_EQ(compute_cores(root.path()).count, 1);
  root.write("sys/fs/cgroup/outer/cpu.max", "50000 100000\n");
  EXPECT_EQ(compute_cores(root.path()).count, 1);
  root.write("sys/fs/cgroup/outer/cpu.max", "100000000 100000\n");
  EXPECT_EQ(compute_cores(root.path()).count, all);
}

TEST(ComputeCores, AnOldControlGroupsQuotaCounts) {
  const FakeRoot root;
  const int all = compute_cores(root.path()).count;
  root.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  root.write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(compute_cores(root.path()).count, all);
  root.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000\n");
  EXPECT_EQ(compute_cores(root.path()).count, 1);
}

TEST(ComputeCores, TheAffinityMaskCounts) {
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
  EXPECT_EQ(compute_cores().count, 1);
  sched_setaffinity(0, sizeof(before), &before);
}

TEST(ComputeCores, SmallCoresAreLeftOut) {
  const std::vector<int> mine = cpus_of_this_thread();
  if (mine.size() < 2) GTEST_SKIP() << "needs two hardware threads";
  const FakeRoot root;
  const auto set_capacity = [&](int cpu, int capacity) {
    root.write("sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/cpu_capacity",
               std::to_string(capacity) + "\n");
  };
  for (const int cpu : mine) set_capacity(cpu, 1024);
  EXPECT_EQ(compute_cores(root.path()).count, static_cast<int>(mine.size()));
  EXPECT_TRUE(compute_cores(root.path()).cpus.empty()) << "all alike: no need to stay anywhere";
  for (const int cpu : mine) set_capacity(cpu, cpu == mine.back() ? 1024 : 530);
  EXPECT_EQ(compute_cores(root.path()).count, 1);
  EXPECT_EQ(compute_cores(root.path()).cpus, std::vector<int>{mine.back()});
  for (const int cpu : mine) set_capacity(cpu, cpu == mine.back() ? 1024 : 800);
  EXPECT_EQ(compute_cores(root.path()).count, static_cast<int>(mine.size()));
}

TEST(ComputeCores, ThreadsOfAPoolStayWhereTheyAreTold) {
  const std::vector<int> one{cpus_of_this_thread().back()};
  std::thread([&] {  // a thread of its own: its CPUs change for good
    ThreadPool pool(3, one);
    std::vector<std::vector<int>> cpus(3);
    pool.run([&](int worker) { cpus[static_cast<std::size_t>(worker)] = cpus_of_this_thread(); });
    for (const auto& each : cpus) EXPECT_EQ(each, one);
  })
      .join();
}

TEST(ComputeCores, CpusThatDoNotExistChangeNothing) {
  std::thread([] {
    const std::vector<int> before = cpus_of_this_thread();
    keep_thread_on({});
    keep_thread_on({100'000});
    EXPECT_EQ(cpus_of_this_thread(), before);
  }).join();
}

}  // namespace
}  // namespace galago
