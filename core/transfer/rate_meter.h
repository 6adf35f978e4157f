// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Bytes per second over the last seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace galago {

class RateMeter {
 public:
  using Clock = std::chrono::steady_clock;

  /// Begins anew: what came before a pause says nothing about now.
  void start(Clock::time_point now);
  void add(std::uint64_t bytes, Clock::time_point now);

  /// 0 until half a second has been seen.
  double bytes_per_second(Clock::time_point now) const;

 private:
  struct Mark {
    Clock::time_point time;
    std::uint64_t total;
  };

  std::deque<Mark> marks_;  ///< a few a second; the first is the oldest that counts
  std::uint64_t total_ = 0;
};

}  // namespace galago
