// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/thread_pool.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace galago {
namespace {

class ThreadPoolTest : public testing::TestWithParam<int> {};

TEST_P(ThreadPoolTest, RunCallsEachWorkerOnce) {
  ThreadPool pool(GetParam());
  ASSERT_EQ(pool.size(), GetParam());
  std::vector<int> calls(static_cast<std::size_t>(pool.size()));
  for (int loop = 0; loop < 1000; ++loop)
    pool.run([&](int worker) { ++calls[static_cast<std::size_t>(worker)]; });
  for (const int count : calls) EXPECT_EQ(count, 1000);
}

TEST_P(ThreadPoolTest, ParallelForDoesEachTaskOnceAndPublishesItsWrites) {
  ThreadPool pool(GetParam());
  for (const int tasks : {0, 1, 2, 7, 1000}) {
    std::vector<int> done(
        static_cast<std::size_t>(tasks));  // plain ints: TSan sees a missing fence
    pool.parallel_for(tasks, [&](int task, int worker) {
      ASSERT_LT(worker, pool.size());
      ++done[static_cast<std::size_t>(task)];
    });
    for (const int count : done) EXPECT_EQ(count, 1);
  }
}

TEST_P(ThreadPoolTest, SeesTheCallersWrites) {
  ThreadPool pool(GetParam());
  int input = 0;
  std::vector<int> sums(static_cast<std::size_t>(pool.size()));
  for (input = 1; input <= 500; ++input)
    pool.run([&](int worker) { sums[static_cast<std::size_t>(worker)] += input; });
  for (const int sum : sums) EXPECT_EQ(sum, 500 * 501 / 2);
}

TEST_P(ThreadPoolTest, NestedLoopsRunOnTheWorkerThatAsked) {
  ThreadPool pool(GetParam());
  std::atomic<int> inner_tasks{0};
  std::atomic<int> inner_runs{0};
  pool.parallel_for(8, [&](int, int outer_worker) {
    pool.parallel_for(5, [&](int, int worker) {
      EXPECT_EQ(worker, outer_worker);
      ++inner_tasks;
    });
    pool.run([&](int) { ++inner_runs; });
  });
  EXPECT_EQ(inner_tasks, 40);
  EXPECT_EQ(inner_runs, 8 * pool.size());
}

TEST_P(ThreadPoolTest, WorksAfterItsThreadsFellAsleep) {
  ThreadPool pool(GetParam());
  for (int loop = 0; loop < 3; ++loop) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // far beyond the time they spin
    std::atomic<int> calls{0};
    pool.run([&](int) { ++calls; });
    EXPECT_EQ(calls, pool.size());
  }
}

TEST_P(ThreadPoolTest, TheCallerWaitsForASlowWorker) {
  ThreadPool pool(GetParam());
  std::vector<int> done(static_cast<std::size_t>(pool.size()));
  pool.run([&](int worker) {
    if (worker != 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    done[static_cast<std::size_t>(worker)] = 1;
  });
  for (const int flag : done) EXPECT_EQ(flag, 1);
}

INSTANTIATE_TEST_SUITE_P(Sizes, ThreadPoolTest, testing::Values(1, 2, 3, 8));

TEST(ThreadPool, UsesDistinctThreadsAndTheCallersOwn) {
  ThreadPool pool(3);
  std::array<std::thread::id, 3> ids;
  pool.run([&](int worker) { ids[static_cast<std::size_t>(worker)] = std::this_thread::get_id(); });
  EXPECT_EQ(ids[0], std::this_thread::get_id());
  EXPECT_EQ(std::set<std::thread::id>(ids.begin(), ids.end()).size(), 3U);
}

TEST(ThreadPool, HandsTasksToFreeWorkers) {
  ThreadPool pool(2);
  // The task that came first waits for all others: they must all go to the other worker.
  std::atomic<int> others{0};
  pool.parallel_for(20, [&](int task, int) {
    if (task != 0) {
      ++others;
      return;
    }
    while (others != 19) std::this_thread::yield();
  });
  EXPECT_EQ(others, 19);
}

TEST(ThreadPool, AtLeastOneWorker) {
  ThreadPool pool(0);
  EXPECT_EQ(pool.size(), 1);
}

TEST(ThreadPool, ALoopOfAnotherPoolInsideIsNotNested) {
  ThreadPool outer(2);
  ThreadPool inner(2);
  std::set<std::thread::id> ids;
  std::mutex mutex;
  outer.parallel_for(1, [&](int, int) {
    inner.run([&](int) {
      const std::lock_guard lock(mutex);
      ids.insert(std::this_thread::get_id());
    });
  });
  EXPECT_EQ(ids.size(), 2U);
}

}  // namespace
}  // namespace galago
