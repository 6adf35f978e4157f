// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The numbers of a super-block whose groups have a scale only (Q3_K, Q6_K), searched for the
// smallest square error.
#pragma once

#include <array>
#include <cstdint>

#include "quant/blocks.h"

namespace galago {

/// x ≈ d · scale · (level − zero)
struct SymmetricGroups {
  std::uint16_t d;
  std::array<int, 16> scales;
  std::array<std::uint8_t, kSuperBlock> levels;
};

SymmetricGroups fit_q3_k(const float* x);
SymmetricGroups fit_q6_k(const float* x);

}  // namespace galago
