// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The kernels with portable code.
#include "cpu/simd/simd_scalar.h"

#include "cpu/kernels/kernels.inl"

namespace galago::cpu {

const KernelTable& scalar_kernels() {
  static constexpr KernelTable kTable = make_kernel_table(Isa::kScalar);
  return kTable;
}

}  // namespace galago::cpu
