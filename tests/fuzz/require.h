// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What fuzz targets hold results to.
#pragma once

#include "base/result.h"

namespace galago {

/// Ends the program, which the fuzzer takes for a finding.
inline void require(bool is_so) {
  if (!is_so) __builtin_trap();
}

/// Gives whether there is something; if not, it has to be said why.
template <class T>
bool is_read(const Result<T>& result) {
  require(result || !result.error().detail.empty());
  return static_cast<bool>(result);
}

}  // namespace galago
