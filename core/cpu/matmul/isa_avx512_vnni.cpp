// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of integers with AVX-512 VNNI.
#include "cpu/simd/panel_avx512_vnni.h"

#include "cpu/matmul/kernels/quantised.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const QuantisedProducts& avx512_vnni_quantised_products() {
  static constexpr QuantisedProducts kProducts = make_quantised_products();
  return kProducts;
}

}  // namespace galago::cpu
