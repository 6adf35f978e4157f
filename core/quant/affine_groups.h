// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The numbers of a super-block whose groups have a scale and a minimum (Q2_K, Q4_K, Q5_K), searched
// for the smallest square error.
#pragma once

#include <array>
#include <cstdint>

#include "quant/blocks.h"

namespace galago {

/// x ≈ d · scale · level − dmin · min
template <int kGroups>
struct AffineGroups {
  std::uint16_t d;
  std::uint16_t dmin;
  std::array<std::uint8_t, kGroups> scales;
  std::array<std::uint8_t, kGroups> mins;
  std::array<std::uint8_t, kSuperBlock> levels;
};

AffineGroups<16> fit_q2_k(const float* x);
AffineGroups<8> fit_q4_k(const float* x);
AffineGroups<8> fit_q5_k(const float* x);

}  // namespace galago
