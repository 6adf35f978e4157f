// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The kernels with AVX2, FMA and F16C.
#include "cpu/simd/simd_avx2.h"

#include "cpu/kernels/kernels.inl"

namespace galago::cpu {

const KernelTable& avx2_kernels() {
  static constexpr KernelTable kTable = make_kernel_table(Isa::kAvx2);
  return kTable;
}

}  // namespace galago::cpu
