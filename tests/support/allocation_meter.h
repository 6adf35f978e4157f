// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What is allocated through operator new on the current thread. A test that names
// allocation_meter.cpp among its sources has its operators replaced by metered ones.
#pragma once

#include <cstddef>

namespace galago {

struct Allocations {
  std::size_t bytes = 0;  ///< in all, freed ones included
  std::size_t largest = 0;
};

/// Since the last reset_allocations().
Allocations allocations();
void reset_allocations();

}  // namespace galago
