// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What each isa_*.cpp of this folder offers. Which of them are built depends on the processor
// family: CMakeLists.txt.
#pragma once

#include "cpu/matmul/matmul_kernels.h"

namespace galago::cpu {

const PlainProducts& scalar_plain_products();
const QuantisedProducts& scalar_quantised_products();
const PlainProducts& avx2_plain_products();
const QuantisedProducts& avx2_quantised_products();
const PlainProducts& avx512_plain_products();
const PlainProducts& avx512_bf16_plain_products();
const QuantisedProducts& avx512_vnni_quantised_products();
const PlainProducts& amx_plain_products();
const QuantisedProducts& amx_quantised_products();
const PlainProducts& neon_plain_products();
const QuantisedProducts& neon_quantised_products();
const QuantisedProducts& neon_dotprod_quantised_products();
const QuantisedProducts& neon_i8mm_quantised_products();
const PlainProducts& neon_bf16_plain_products();

}  // namespace galago::cpu
