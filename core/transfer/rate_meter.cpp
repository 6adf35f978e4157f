// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "transfer/rate_meter.h"

namespace galago {
namespace {

using namespace std::chrono_literals;

constexpr auto kSpan = 6s;
constexpr auto kStep = 200ms;
constexpr auto kShortest = 500ms;

}  // namespace

void RateMeter::start(Clock::time_point now) {
  total_ = 0;
  marks_.assign(1, {now, 0});
}

void RateMeter::add(std::uint64_t bytes, Clock::time_point now) {
  if (marks_.empty()) start(now);
  total_ += bytes;
  if (now - marks_.back().time >= kStep) marks_.push_back({now, total_});
  while (marks_.size() > 1 && now - marks_[1].time >= kSpan) marks_.pop_front();
}

double RateMeter::bytes_per_second(Clock::time_point now) const {
  if (marks_.empty() || now - marks_.front().time < kShortest) return 0;
  const std::chrono::duration<double> seconds = now - marks_.front().time;
  return static_cast<double>(total_ - marks_.front().total) / seconds.count();
}

}  // namespace galago
