// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What changes from one run of a program to the next; everything else is recorded.
#pragma once

#include <cstdint>

namespace galago {

struct StepParams {
  std::int32_t position = 0;  ///< of the step's first row, in tokens since the start of the cache
  std::int32_t rows = 0;      ///< rows of this step; the cache holds position + rows after it
};

}  // namespace galago
