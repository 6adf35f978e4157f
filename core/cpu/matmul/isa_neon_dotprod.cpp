// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of integers with the dot products of ARMv8.2.
#include "cpu/simd/fours_neon.h"
#include "cpu/simd/panel_neon.h"

#include "cpu/matmul/kernels/quantised_fours.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const QuantisedProducts& neon_dotprod_quantised_products() {
  static constexpr QuantisedProducts kProducts = make_quantised_products();
  return kProducts;
}

}  // namespace galago::cpu
