// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of many rows on the matrix unit of AMX, of few rows with AVX-512 VNNI.
#include "cpu/simd/tiles_amx.h"
#include "cpu/simd/wide_avx512_vnni.h"

#include "cpu/matmul/kernels/blocks.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const PlainProducts& amx_plain_products() {
  static constexpr PlainProducts kProducts = make_plain_block_products();
  return kProducts;
}

const QuantisedProducts& amx_quantised_products() {
  static constexpr QuantisedProducts kProducts = make_quantised_block_products();
  return kProducts;
}

}  // namespace galago::cpu
