// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products with AVX2, FMA and F16C.
#include "cpu/simd/panel_avx2.h"

#include "cpu/matmul/kernels/plain.inl"
#include "cpu/matmul/kernels/quantised.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const PlainProducts& avx2_plain_products() {
  static constexpr PlainProducts kProducts = make_plain_products();
  return kProducts;
}

const QuantisedProducts& avx2_quantised_products() {
  static constexpr QuantisedProducts kProducts = make_quantised_products();
  return kProducts;
}

}  // namespace galago::cpu
