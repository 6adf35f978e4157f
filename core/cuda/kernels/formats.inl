// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Rows of weights of any type as numbers.
#pragma once

#include "cuda/kernels/formats_small.inl"
#include "cuda/kernels/formats_super.inl"

namespace galago::cuda {

template <class F>
GALAGO_DEVICE std::int64_t bytes_of_row(int cols) {
  return static_cast<std::int64_t>(cols / F::kBlock) * F::kBytes;
}

/// Column i < 32 of a chunk.
GALAGO_DEVICE float value_of(const Chunk& c, int i) {
  const auto q = static_cast<std::int8_t>(c.q[i / 4] >> (8 * (i % 4)));
  return c.scale[i / 16] * static_cast<float>(q) - c.min[i / 16];
}

/// Columns [32·chunk, 32·chunk + 32) of a row of `cols` as numbers, zeros behind its end.
template <class F>
GALAGO_DEVICE void chunk_values(const std::uint8_t* row, int chunk, int cols,
                                float (&values)[kChunk]) {
  if constexpr (F::kIsQuantised) {
    Chunk c;
    F::unpack(row, chunk, c);
    GALAGO_UNROLL
    for (int i = 0; i < kChunk; ++i) values[i] = value_of(c, i);
  } else {
    GALAGO_UNROLL
    for (int i = 0; i < kChunk; ++i) {
      const int col = kChunk * chunk + i;
      values[i] = col < cols ? F::load(row + static_cast<std::int64_t>(col) * F::kBytes) : 0.0F;
    }
  }
}

/// Calls `body` with the type's Format.
template <class Body>
void with_format(DType dtype, Body body) {
  switch (dtype) {
    case DType::kF32:
      return body(Format<DType::kF32>{});
    case DType::kF16:
      return body(Format<DType::kF16>{});
    case DType::kBF16:
      return body(Format<DType::kBF16>{});
    case DType::kQ4_0:
      return body(Format<DType::kQ4_0>{});
    case DType::kQ4_1:
      return body(Format<DType::kQ4_1>{});
    case DType::kQ5_0:
      return body(Format<DType::kQ5_0>{});
    case DType::kQ5_1:
      return body(Format<DType::kQ5_1>{});
    case DType::kQ8_0:
      return body(Format<DType::kQ8_0>{});
    case DType::kQ2_K:
      return body(Format<DType::kQ2_K>{});
    case DType::kQ3_K:
      return body(Format<DType::kQ3_K>{});
    case DType::kQ4_K:
      return body(Format<DType::kQ4_K>{});
    case DType::kQ5_K:
      return body(Format<DType::kQ5_K>{});
    case DType::kQ6_K:
      return body(Format<DType::kQ6_K>{});
    case DType::kI32:
      return;  // integers are not weights
  }
}

}  // namespace galago::cuda
