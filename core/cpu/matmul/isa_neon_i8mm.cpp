// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of integers with the matrix products of ARMv8.6.
#include "cpu/simd/fours_neon.h"
#include "cpu/simd/panel_neon_i8mm.h"

#include "cpu/matmul/kernels/quantised_fours.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const QuantisedProducts& neon_i8mm_quantised_products() {
  static constexpr QuantisedProducts kProducts = make_quantised_products();
  return kProducts;
}

}  // namespace galago::cpu
