// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Ctrl+C as a stop request: the answer so far stays, the program goes on as it should.
#pragma once

#include <memory>
#include <stop_token>

namespace galago::cli {

class Interrupt {
 public:
  /// Before any thread starts, so that all threads leave SIGINT to this class.
  static void block_signals();

  /// Listens until destroyed. A second SIGINT before reset() ends the program (exit status 130).
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  /// Stops at the next SIGINT.
  std::stop_token token() const;
  /// Makes ready for the next answer.
  void reset();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace galago::cli
