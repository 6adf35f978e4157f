// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Persistent threads for short parallel loops. The caller is worker 0; the others spin for a few
// tens of microseconds after a loop, then sleep until the next one.
#pragma once

#include <memory>
#include <vector>

#include "base/function_ref.h"

namespace galago {

class ThreadPool {
 public:
  /// `threads` in all, the caller's included; at least 1. `cpus`: where they stay, each caller from
  /// its first loop on (keep_thread_on).
  explicit ThreadPool(int threads, std::vector<int> cpus = {});
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool();

  int size() const;

  /// Calls body(worker) once on each worker, 0 ≤ worker < size(), and returns when all have.
  /// One caller at a time; the body must not throw.
  void run(FunctionRef<void(int worker)> body);

  /// Calls body(task, worker) for each 0 ≤ task < tasks; workers take the next free task.
  void parallel_for(int tasks, FunctionRef<void(int task, int worker)> body);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace galago
