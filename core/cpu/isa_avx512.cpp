// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The kernels with AVX-512.
#include "cpu/simd/simd_avx512.h"

#include "cpu/kernels/kernels.inl"

namespace galago::cpu {

const KernelTable& avx512_kernels() {
  static constexpr KernelTable kTable = make_kernel_table(Isa::kAvx512);
  return kTable;
}

}  // namespace galago::cpu
