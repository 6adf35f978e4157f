// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/host/fibers.h"

#include <setjmp.h>  // NOLINT(*-deprecated-headers): _setjmp is not in <csetjmp>
#include <ucontext.h>

#include <cstdio>
#include <cstdlib>

#include "base/assert.h"

namespace galago::cuda::host {
namespace {

constexpr std::size_t kStackBytes = std::size_t{128} << 10;

[[noreturn]] void end_program(const char* why) {
  std::fprintf(stderr, "a kernel is wrong: %s\n", why);
  std::abort();
}

}  // namespace

struct Fibers::Barrier {
  int arrived = 0;
  unsigned generation = 0;
  // Two of each: a lane may give its next value before another has taken the last one.
  std::uint32_t values[2][kWarp] = {};
  const void* addresses[kWarp] = {};
};

struct Fibers::Fiber {
  std::unique_ptr<char[]> stack;
  ucontext_t context{};
  jmp_buf jump{};
  bool is_started = false;
  bool is_finished = true;
  Barrier* awaited = nullptr;
  unsigned generation = 0;
  unsigned exchanges = 0;
};

Fibers::Fibers(Order order)
    : order_(order), block_(std::make_unique<Barrier>()), main_(std::make_unique<Fiber>()) {}

Fibers::~Fibers() = default;

// makecontext passes integers only.
void Fibers::start(unsigned high, unsigned low) {
  auto* self = reinterpret_cast<Fibers*>((static_cast<std::uintptr_t>(high) << 32) | low);
  self->loop(self->current_);
}

void Fibers::loop(int index) {
  for (;;) {
    body_();
    fibers_[static_cast<std::size_t>(index)]->is_finished = true;
    ++finished_;
    yield();
  }
}

void Fibers::run(int count, FunctionRef<void()> body) {
  GALAGO_ASSERT(count > 0 && count % kWarp == 0);
  body_ = body;
  count_ = count;
  finished_ = 0;
  while (fibers_.size() < static_cast<std::size_t>(count)) {
    auto fiber = std::make_unique<Fiber>();
    fiber->stack.reset(new char[kStackBytes]);  // not zeroed: pages that are not used stay away
    getcontext(&fiber->context);
    fiber->context.uc_stack.ss_sp = fiber->stack.get();
    fiber->context.uc_stack.ss_size = kStackBytes;
    const auto address = reinterpret_cast<std::uintptr_t>(this);
    makecontext(&fiber->context, reinterpret_cast<void (*)()>(&Fibers::start), 2,
                static_cast<unsigned>(address >> 32), static_cast<unsigned>(address));
    fibers_.push_back(std::move(fiber));
  }
  warps_.assign(static_cast<std::size_t>(count / kWarp), {});
  *block_ = {};
  for (int i = 0; i < count; ++i) {
    Fiber& fiber = *fibers_[static_cast<std::size_t>(i)];
    fiber.is_finished = false;
    fiber.awaited = nullptr;
    fiber.exchanges = 0;
  }
  switch_to(order_ == Order::kForward ? 0 : count - 1);
}

bool Fibers::is_ready(int index) const {
  const Fiber& fiber = *fibers_[static_cast<std::size_t>(index)];
  return !fiber.is_finished &&
         (fiber.awaited == nullptr || fiber.awaited->generation != fiber.generation);
}

int Fibers::next_ready() const {
  const int step = order_ == Order::kForward ? 1 : count_ - 1;
  for (int i = 1, at = current_; i <= count_; ++i) {
    at = (at + step) % count_;
    if (is_ready(at)) return at;
  }
  return -1;
}

void Fibers::yield() {
  const int next = finished_ == count_ ? -1 : next_ready();
  if (next < 0 && finished_ != count_) end_program("threads wait for others that do not come");
  if (next != current_) switch_to(next);
}

void Fibers::switch_to(int index) {
  Fiber& from = current_ < 0 ? *main_ : *fibers_[static_cast<std::size_t>(current_)];
  Fiber& to = index < 0 ? *main_ : *fibers_[static_cast<std::size_t>(index)];
  current_ = index;
#if defined(__SANITIZE_ADDRESS__)
  swapcontext(&from.context, &to.context);  // the sanitizer follows this one to the other stack
#else
  // Once started, without the system call that swapcontext makes.
  if (_setjmp(from.jump) == 0) enter(to, index < 0);
#endif
}

// A function of its own: setjmp may return with its caller's variables lost.
void Fibers::enter(Fiber& to, bool is_main) {
  if (is_main || to.is_started) _longjmp(to.jump, 1);
  to.is_started = true;
  setcontext(&to.context);
}

void Fibers::wait_at(Barrier& barrier, int count) {
  if (++barrier.arrived == count) {
    barrier.arrived = 0;
    ++barrier.generation;
    return;
  }
  Fiber& fiber = *fibers_[static_cast<std::size_t>(current_)];
  fiber.awaited = &barrier;
  fiber.generation = barrier.generation;
  yield();
  fiber.awaited = nullptr;
}

void Fibers::wait_for_block() { wait_at(*block_, count_); }

void Fibers::wait_for_warp() { wait_at(warps_[static_cast<std::size_t>(current_ / kWarp)], kWarp); }

std::uint32_t Fibers::exchange(std::uint32_t value, int mask) {
  Barrier& warp = warps_[static_cast<std::size_t>(current_ / kWarp)];
  const int lane = current_ % kWarp;
  auto& values = warp.values[fibers_[static_cast<std::size_t>(current_)]->exchanges++ % 2];
  values[lane] = value;
  wait_for_warp();
  return values[lane ^ mask];
}

const void* const* Fibers::share(const void* address) {
  Barrier& warp = warps_[static_cast<std::size_t>(current_ / kWarp)];
  warp.addresses[current_ % kWarp] = address;
  wait_for_warp();
  return warp.addresses;
}

}  // namespace galago::cuda::host
