// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The threads of one block of a GPU, on one thread of the processor: each runs until it waits for
// others. In which order they run is chosen, so that a barrier that is missing shows: what one
// thread should have waited for has not happened yet in one order or the other.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/function_ref.h"

namespace galago::cuda::host {

enum class Order { kForward, kBackward };

class Fibers {
 public:
  static constexpr int kWarp = 32;

  explicit Fibers(Order order);
  Fibers(const Fibers&) = delete;
  Fibers& operator=(const Fibers&) = delete;
  ~Fibers();

  /// Runs `body` once as each of `count` threads, a multiple of a warp. Ends the program when
  /// threads wait for others that never come: a barrier inside a branch.
  void run(int count, FunctionRef<void()> body);

  /// The thread that runs.
  int current() const { return current_; }

  void wait_for_block();
  void wait_for_warp();
  /// Gives `value` to the other lanes and takes that of the lane `current ^ mask`.
  std::uint32_t exchange(std::uint32_t value, int mask);
  /// The same with an address, of any lane of the warp: all lanes see all addresses until they
  /// wait for the warp again.
  const void* const* share(const void* address);

 private:
  struct Fiber;
  struct Barrier;

  void wait_at(Barrier& barrier, int count);
  void yield();
  int next_ready() const;
  bool is_ready(int index) const;
  void switch_to(int index);
  static void enter(Fiber& to, bool is_main);
  static void start(unsigned high, unsigned low);
  void loop(int index);

  const Order order_;
  std::vector<std::unique_ptr<Fiber>> fibers_;
  std::vector<Barrier> warps_;
  std::unique_ptr<Barrier> block_;
  std::unique_ptr<Fiber> main_;
  FunctionRef<void()> body_;
  int count_ = 0;
  int finished_ = 0;
  int current_ = -1;
};

}  // namespace galago::cuda::host
