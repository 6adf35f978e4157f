// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Loops over arrays of any length.
#pragma once

#include <cstddef>

namespace galago::cpu {
namespace {

/// Calls body(i, load, store) for each vector of `count` elements; load and store reach elements
/// [i, i + kLanes), or what is left of them at the end.
template <class Body>
inline void for_each_vector(std::size_t count, Body body) {
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes)
    body(
        i, [](const float* p) { return load(p); }, [](float* p, F32 x) { store(p, x); });
  if (const int rest = static_cast<int>(count - i); rest > 0)
    body(
        i, [rest](const float* p) { return load_partial(p, rest); },
        [rest](float* p, F32 x) { store_partial(p, rest, x); });
}

}  // namespace
}  // namespace galago::cpu
