// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The kernels with AVX-512, attention of the tower with AVX-512 BF16.
#include "cpu/simd/pairs_avx512_bf16.h"

#include "cpu/kernels/attention_bf16.inl"
#include "cpu/kernels/kernels.inl"

#include "cpu/isa_tables.h"

namespace galago::cpu {

const KernelTable& avx512_bf16_kernels() {
  static constexpr KernelTable kTable = [] {
    KernelTable table = make_kernel_table(Isa::kAvx512Bf16);
    table.attention_full = attention<PairFactors>;
    return table;
  }();
  return kTable;
}

}  // namespace galago::cpu
