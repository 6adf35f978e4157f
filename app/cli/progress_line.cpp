// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_line.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace galago::cli {

ProgressLine::ProgressLine(std::string what, bool is_wanted)
    : what_(std::move(what)), is_shown_(is_wanted && ::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() { end(); }

void ProgressLine::end() {
  if (percent_ >= 0) std::fputs("\r\033[K", stderr);
  percent_ = -1;
}

void ProgressLine::show(double fraction) {
  const int percent = static_cast<int>(fraction * 100);
  if (!is_shown_ || percent == percent_) return;
  percent_ = percent;
  std::fprintf(stderr, "\r%s %d %%", what_.c_str(), percent);
  std::fflush(stderr);
}

}  // namespace galago::cli
