// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/kernel_table.h"

#include "cpu/isa_tables.h"

namespace galago::cpu {

const KernelTable& kernel_table(Isa isa, [[maybe_unused]] Arithmetic arithmetic) {
  switch (isa) {
    case Isa::kScalar:
      break;
#if defined(__x86_64__)
    case Isa::kAvx2:
      return avx2_kernels();
    case Isa::kAvx512:
    case Isa::kAvx512Vnni:
      return avx512_kernels();
    case Isa::kAvx512Bf16:
    case Isa::kAmx:
      return arithmetic == Arithmetic::kExact ? avx512_kernels() : avx512_bf16_kernels();
#elif defined(__aarch64__)
    case Isa::kNeon:
    case Isa::kNeonDotprod:
    case Isa::kNeonI8mm:
    case Isa::kNeonBf16:
      return neon_kernels();
#endif
    default:
      GALAGO_ASSERT(!"an instruction set of another processor");
  }
  return scalar_kernels();
}

}  // namespace galago::cpu
