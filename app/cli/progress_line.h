// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// "converting 43 %", in place, while something long is done.
#pragma once

#include <string>

namespace galago::cli {

class ProgressLine {
 public:
  /// Silent where nobody looks (stderr is no terminal), or if not wanted.
  ProgressLine(std::string what, bool is_wanted);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// Wipes the line.
  ~ProgressLine();

  void show(double fraction);
  /// Wipes the line, for what is said next.
  void end();

 private:
  std::string what_;
  bool is_shown_;
  int percent_ = -1;
};

}  // namespace galago::cli
