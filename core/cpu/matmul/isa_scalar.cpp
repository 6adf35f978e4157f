// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products in portable code.
#include "cpu/simd/bytes_scalar.h"

#include "cpu/matmul/kernels/plain.inl"
#include "cpu/matmul/kernels/quantised.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const PlainProducts& scalar_plain_products() {
  static constexpr PlainProducts kProducts = make_plain_products();
  return kProducts;
}

const QuantisedProducts& scalar_quantised_products() {
  static constexpr QuantisedProducts kProducts = make_quantised_products();
  return kProducts;
}

}  // namespace galago::cpu
