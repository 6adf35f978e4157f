// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "base/memory_bandwidth.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/thread_pool.h"

namespace galago {
namespace {

constexpr std::size_t kWords = std::size_t{64} << 20;  // of 8 bytes: 512 MB
constexpr int kPasses = 6;
/// One thread reads several streams, each some way ahead: one alone, left to the processor's own
/// prefetching, reaches two thirds of what memory delivers.
constexpr std::size_t kStreams = 4;
constexpr std::size_t kAheadWords = 2048 / sizeof(std::uint64_t);
constexpr std::size_t kLineWords = 64 / sizeof(std::uint64_t);

/// Many independent sums, so that additions never wait for each other.
std::uint64_t sum(const std::uint64_t* words, std::size_t count) {
  std::array<std::uint64_t, 2 * kLineWords> sums{};
  const std::size_t part = count / kStreams;
  for (std::size_t i = 0; i + sums.size() <= part; i += sums.size())
    for (std::size_t s = 0; s < kStreams; ++s) {
      const std::uint64_t* from = words + s * part + i;
      __builtin_prefetch(from + kAheadWords);
      __builtin_prefetch(from + kAheadWords + kLineWords);
      for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += from[j];
    }
  std::uint64_t total = 0;
  for (const std::uint64_t s : sums) total += s;
  return total;
}

}  // namespace

double read_bandwidth(int threads) {
  ThreadPool pool(threads);
  const std::vector<std::uint64_t> buffer(kWords, 1);
  const std::size_t share = kWords / static_cast<std::size_t>(pool.size());
  std::atomic<std::uint64_t> sink{0};  // keeps the sums from being optimised away
  double best = 0;
  for (int pass = 0; pass < kPasses; ++pass) {
    const auto started = std::chrono::steady_clock::now();
    pool.run([&](int worker) {
      sink += sum(buffer.data() + static_cast<std::size_t>(worker) * share, share);
    });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
    best = std::max(
        best, static_cast<double>(share) * pool.size() * sizeof(std::uint64_t) / seconds.count());
  }
  return best;
}

}  // namespace galago
