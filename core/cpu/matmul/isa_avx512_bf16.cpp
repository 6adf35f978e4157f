// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products in bf16 with AVX-512 BF16.
#include "cpu/simd/pairs_avx512_bf16.h"

#include "cpu/matmul/kernels/bf16.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const PlainProducts& avx512_bf16_plain_products() {
  static constexpr PlainProducts kProducts = make_bf16_products();
  return kProducts;
}

}  // namespace galago::cpu
