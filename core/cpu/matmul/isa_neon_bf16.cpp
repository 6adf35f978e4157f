// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products in bf16 with the matrix products of ARMv8.6.
#include "cpu/simd/squares_neon_bf16.h"

#include "cpu/matmul/kernels/bf16_squares.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const PlainProducts& neon_bf16_plain_products() {
  static constexpr PlainProducts kProducts = make_square_products();
  return kProducts;
}

}  // namespace galago::cpu
