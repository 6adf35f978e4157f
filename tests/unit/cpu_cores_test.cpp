// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/cpu_cores.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <cstdio>
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

/// A board's or phone's processor, as Linux shows it.
struct Cluster {
  int count;
  int capacity;  ///< 0: the file is missing
  int part;      ///< of Arm's; 0: the file is missing
};

ComputeCores compute_cores_of(const std::vector<Cluster>& clusters) {
  const FakeRoot root;
  std::vector<int> all;
  for (const Cluster& cluster : clusters) {
    for (int i = 0; i < cluster.count; ++i) {
      const auto cpu = static_cast<int>(all.size());
      const std::string folder = "sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/";
      root.write(folder + "topology/thread_siblings_list", std::to_string(cpu) + "\n");
      if (cluster.capacity > 0)
        root.write(folder + "cpu_capacity", std::to_string(cluster.capacity) + "\n");
      char id[32];
      std::snprintf(id, sizeof(id), "0x00000000411f%03x0\n", static_cast<unsigned>(cluster.part));
      if (cluster.part > 0) root.write(folder + "regs/identification/midr_el1", id);
      all.push_back(cpu);
    }
  }
  return compute_cores(root.path(), all);
}

constexpr int kA55 = 0xD05;
constexpr int kA76 = 0xD0B;
constexpr int kA78AE = 0xD42;
constexpr int kA510 = 0xD46;
constexpr int kA710 = 0xD47;
constexpr int kX2 = 0xD48;

void expect_cores(const std::vector<Cluster>& clusters, const std::vector<int>& big, int count) {
  const ComputeCores cores = compute_cores_of(clusters);
  EXPECT_EQ(cores.count, count);
  EXPECT_EQ(cores.cpus, big);
}

TEST(ComputeCores, OfBoardsWithBigAndSmallCores) {
  // RK3588: four A55 at 1.8 GHz, two pairs of A76 that reach 2.3 to 2.4 GHz.
  expect_cores({{4, 414, kA55}, {2, 1002, kA76}, {2, 1024, kA76}}, {4, 5, 6, 7}, 4);
  // The same from a device tree that gives capacities without the clocks.
  expect_cores({{4, 530, kA55}, {4, 1024, kA76}}, {4, 5, 6, 7}, 4);
}

TEST(ComputeCores, OfBoardsWhoseCoresAreAlike) {
  expect_cores({{4, 1024, kA76}}, {}, 4);      // Raspberry Pi 5
  expect_cores({{4, 0, kA76}}, {}, 4);         // with firmware that says nothing
  expect_cores({{6, 1024, kA78AE}}, {}, 6);    // Jetson Orin Nano
  expect_cores({{12, 1024, kA78AE}}, {}, 12);  // Jetson AGX Orin
  expect_cores({{4, 0, kA55}}, {}, 4);         // RK3566: small cores are better than none
}

TEST(ComputeCores, OfPhonesWithThreeKindsOfCore) {
  expect_cores({{4, 324, kA510}, {3, 871, kA710}, {1, 1024, kX2}}, {4, 5, 6, 7}, 4);
  expect_cores({{4, 160, kA55}, {2, 650, kA76}, {2, 1024, 0xD44}}, {4, 5, 6, 7}, 4);
}

TEST(ComputeCores, WithoutCapacitiesTheKindOfCoreTells) {
  expect_cores({{4, 0, kA55}, {4, 0, kA76}}, {4, 5, 6, 7}, 4);
  expect_cores({{4, 0, kA510}, {3, 0, kA710}, {1, 0, kX2}}, {4, 5, 6, 7}, 4);
  expect_cores({{4, 0, 0}, {4, 0, 0}}, {}, 8);
}

TEST(ComputeCores, BigCoresThatMayNotBeUsedDoNotCount) {
  const FakeRoot root;
  for (int cpu = 0; cpu < 8; ++cpu)
    root.write("sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/cpu_capacity",
               cpu < 4 ? "414\n" : "1024\n");
  EXPECT_EQ(compute_cores(root.path(), std::vector<int>{0, 1, 2, 3}).count, 4);
  EXPECT_TRUE(compute_cores(root.path(), std::vector<int>{0, 1, 2, 3}).cpus.empty());
  EXPECT_EQ(compute_cores(root.path(), std::vector<int>{2, 3, 6}).cpus, std::vector<int>{6});
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
