// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/matmul/matmul_kernels.h"

#include "base/assert.h"
#include "cpu/matmul/matmul_tables.h"

namespace galago::cpu {

const ProductKernels& MatmulKernels::of(DType weight_type) const {
  switch (weight_type) {
    case DType::kF32:
      return plain.f32;
    case DType::kF16:
      return plain.f16;
    case DType::kBF16:
      return plain.bf16;
    case DType::kQ4_0:
      return quantised.q4_0;
    case DType::kQ4_1:
      return quantised.q4_1;
    case DType::kQ5_0:
      return quantised.q5_0;
    case DType::kQ5_1:
      return quantised.q5_1;
    case DType::kQ8_0:
      return quantised.q8_0;
    case DType::kQ2_K:
      return quantised.q2_k;
    case DType::kQ3_K:
      return quantised.q3_k;
    case DType::kQ4_K:
      return quantised.q4_k;
    case DType::kQ5_K:
      return quantised.q5_k;
    case DType::kQ6_K:
      return quantised.q6_k;
    case DType::kI32:
      break;
  }
  GALAGO_ASSERT(!"integers are not weights");
  return plain.f32;
}

MatmulKernels matmul_kernels(Isa isa, [[maybe_unused]] Arithmetic arithmetic) {
  switch (isa) {
    case Isa::kScalar:
      break;
#if defined(__x86_64__)
    case Isa::kAvx2:
      return {avx2_plain_products(), avx2_quantised_products()};
    case Isa::kAvx512:  // wider integers gain nothing without their dot product
      return {avx512_plain_products(), avx2_quantised_products()};
    case Isa::kAvx512Vnni:
      return {avx512_plain_products(), avx512_vnni_quantised_products()};
    case Isa::kAvx512Bf16:
      return {
          arithmetic == Arithmetic::kExact ? avx512_plain_products() : avx512_bf16_plain_products(),
          avx512_vnni_quantised_products()};
    case Isa::kAmx:
      if (arithmetic == Arithmetic::kExact)
        return {avx512_plain_products(), avx512_vnni_quantised_products()};
      return {amx_plain_products(), amx_quantised_products()};
#elif defined(__aarch64__)
    case Isa::kNeon:
      return {neon_plain_products(), neon_quantised_products()};
    case Isa::kNeonDotprod:
      return {neon_plain_products(), neon_dotprod_quantised_products()};
    case Isa::kNeonI8mm:
      return {neon_plain_products(), neon_i8mm_quantised_products()};
    case Isa::kNeonBf16:
      return {arithmetic == Arithmetic::kExact ? neon_plain_products() : neon_bf16_plain_products(),
              neon_i8mm_quantised_products()};
#endif
    default:
      GALAGO_ASSERT(!"an instruction set of another processor");
  }
  return {scalar_plain_products(), scalar_quantised_products()};
}

}  // namespace galago::cpu
