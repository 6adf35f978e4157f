// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <pthread.h>
#include <signal.h>

#include <cstdlib>
#include <ctime>
#include <mutex>
#include <thread>

namespace galago::cli {
namespace {

constexpr int kInterruptedStatus = 130;  // the shell's 128 + SIGINT

sigset_t interrupt_set() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

struct Interrupt::State {
  mutable std::mutex mutex;
  std::stop_source source;
  std::jthread listener;

  void listen(const std::stop_token& done) {
    const sigset_t set = interrupt_set();
    const timespec poll = {0, 100'000'000};
    while (!done.stop_requested()) {
      if (sigtimedwait(&set, nullptr, &poll) != SIGINT) continue;
      const std::lock_guard lock(mutex);
      if (!source.request_stop()) std::_Exit(kInterruptedStatus);
    }
  }
};

void Interrupt::block_signals() {
  const sigset_t set = interrupt_set();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Interrupt::Interrupt() : state_(std::make_unique<State>()) {
  state_->listener =
      std::jthread([state = state_.get()](const std::stop_token& done) { state->listen(done); });
}

Interrupt::~Interrupt() = default;

std::stop_token Interrupt::token() const {
  const std::lock_guard lock(state_->mutex);
  return state_->source.get_token();
}

void Interrupt::reset() {
  const std::lock_guard lock(state_->mutex);
  state_->source = {};
}

}  // namespace galago::cli
