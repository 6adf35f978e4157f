// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products with the NEON of every 64-bit ARM.
#include "cpu/simd/fours_neon.h"
#include "cpu/simd/panel_neon.h"

#include "cpu/matmul/kernels/plain.inl"
#include "cpu/matmul/kernels/quantised_fours.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const PlainProducts& neon_plain_products() {
  static constexpr PlainProducts kProducts = make_plain_products();
  return kProducts;
}

const QuantisedProducts& neon_quantised_products() {
  static constexpr QuantisedProducts kProducts = make_quantised_products();
  return kProducts;
}

}  // namespace galago::cpu
