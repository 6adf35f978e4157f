// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The kernels with NEON.
#include "cpu/simd/simd_neon.h"

#include "cpu/kernels/kernels.inl"

namespace galago::cpu {

const KernelTable& neon_kernels() {
  static constexpr KernelTable kTable = make_kernel_table(Isa::kNeon);
  return kTable;
}

}  // namespace galago::cpu
