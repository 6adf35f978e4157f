// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "base/cpu_cores.h"

namespace galago {
namespace {

/// Longer than the gap between two ops of a token, shorter than anyone would notice as load.
constexpr std::chrono::microseconds kSpinTime{50};

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// Returns once `value` is no longer `old`: spins first, then sleeps.
template <class T>
void wait_for_change(const std::atomic<T>& value, T old) {
  const auto deadline = std::chrono::steady_clock::now() + kSpinTime;
  do {
    for (int i = 0; i < 32; ++i) {
      if (value.load(std::memory_order_acquire) != old) return;
      relax();
    }
  } while (std::chrono::steady_clock::now() < deadline);
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

struct ThreadPool::State {
  /// Each on its own cache line: workers hammer them at the same time.
  alignas(64) std::atomic<std::uint32_t> generation{0};  ///< counts loops; a change starts one
  alignas(64) std::atomic<int> busy_workers{0};          ///< of the running loop, caller excluded
  alignas(64) std::atomic<int> next_task{0};
  FunctionRef<void(int)> body;
  bool is_stopping = false;  ///< published by a change of `generation`, as `body` is
  std::vector<std::thread> threads;
  std::vector<int> cpus;  ///< where they stay

  void place_caller() const;
  void work(int worker);
  void finish();
};

namespace {

/// Which worker of which pool the current thread is inside a loop: how a nested call knows itself.
struct CurrentWorker {
  const void* pool = nullptr;
  int index = 0;
};

thread_local CurrentWorker current_worker;

/// Marks the current thread as a worker while it runs a loop's body.
class WorkerMark {
 public:
  WorkerMark(const void* pool, int index) : previous_(current_worker) {
    current_worker = {pool, index};
  }

  WorkerMark(const WorkerMark&) = delete;
  WorkerMark& operator=(const WorkerMark&) = delete;

  ~WorkerMark() { current_worker = previous_; }

 private:
  CurrentWorker previous_;
};

}  // namespace

void ThreadPool::State::work(int worker) {
  keep_thread_on(cpus);
  const WorkerMark mark(this, worker);
  std::uint32_t seen = 0;
  for (;;) {
    wait_for_change(generation, seen);
    // A loop starts only after the last one is done, so no change is ever missed.
    seen = generation.load(std::memory_order_acquire);
    if (is_stopping) return;
    body(worker);
    if (busy_workers.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_workers.notify_one();
  }
}

void ThreadPool::State::place_caller() const {
  static thread_local const State* placed_by = nullptr;
  if (cpus.empty() || placed_by == this) return;
  placed_by = this;
  keep_thread_on(cpus);
}

void ThreadPool::State::finish() {
  is_stopping = true;
  generation.fetch_add(1, std::memory_order_release);
  generation.notify_all();
  for (std::thread& thread : threads) thread.join();
}

ThreadPool::ThreadPool(int threads, std::vector<int> cpus) : state_(std::make_unique<State>()) {
  state_->cpus = std::move(cpus);
  const int others = std::max(threads, 1) - 1;
  state_->threads.reserve(static_cast<std::size_t>(others));
  try {
    for (int worker = 1; worker <= others; ++worker)
      state_->threads.emplace_back([state = state_.get(), worker] { state->work(worker); });
  } catch (const std::system_error&) {
    // The system gives no more threads: the pool is smaller, and as correct.
  }
}

ThreadPool::~ThreadPool() { state_->finish(); }

int ThreadPool::size() const { return static_cast<int>(state_->threads.size()) + 1; }

void ThreadPool::run(FunctionRef<void(int worker)> body) {
  State& state = *state_;
  state.place_caller();
  if (size() == 1 || current_worker.pool == &state) {
    for (int worker = 0; worker < size(); ++worker) body(worker);
    return;
  }
  state.body = body;
  state.busy_workers.store(size() - 1, std::memory_order_relaxed);
  state.generation.fetch_add(1, std::memory_order_release);
  state.generation.notify_all();
  {
    const WorkerMark mark(&state, 0);
    body(0);
  }
  for (int busy = state.busy_workers.load(std::memory_order_acquire); busy != 0;
       busy = state.busy_workers.load(std::memory_order_acquire))
    wait_for_change(state.busy_workers, busy);
}

void ThreadPool::parallel_for(int tasks, FunctionRef<void(int task, int worker)> body) {
  state_->place_caller();
  const bool is_nested = current_worker.pool == state_.get();
  if (tasks <= 1 || size() == 1 || is_nested) {
    const int worker = is_nested ? current_worker.index : 0;
    for (int task = 0; task < tasks; ++task) body(task, worker);
    return;
  }
  std::atomic<int>& next_task = state_->next_task;
  next_task.store(0, std::memory_order_relaxed);
  run([&](int worker) {
    for (int task = next_task.fetch_add(1, std::memory_order_relaxed); task < tasks;
         task = next_task.fetch_add(1, std::memory_order_relaxed))
      body(task, worker);
  });
}

}  // namespace galago
