// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of integers with AVX-512 VNNI.
#include "cpu/simd/wide_avx512_vnni.h"

#include "cpu/matmul/kernels/quantised.inl"
#include "cpu/matmul/kernels/wide_dot.inl"

#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const QuantisedProducts& avx512_vnni_quantised_products() {
  static constexpr QuantisedProducts kProducts = products_of_formats(
      []<class Format>() { return with_wide_dot<Format>(quantised_kernels<Format>()); });
  return kProducts;
}

}  // namespace galago::cpu
