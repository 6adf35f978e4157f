// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products in f32 with AVX-512.
#include "cpu/simd/simd_avx512.h"

#include "cpu/matmul/kernels/plain.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const PlainProducts& avx512_plain_products() {
  static constexpr PlainProducts kProducts = make_plain_products();
  return kProducts;
}

}  // namespace galago::cpu
