// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/host/host_block.h"

#include "base/assert.h"

namespace galago::cuda::host {

void check_tile(const void* address, int stride_bytes) {
  GALAGO_ASSERT(reinterpret_cast<std::uintptr_t>(address) % 32 == 0 && stride_bytes % 16 == 0);
}

void multiply_tiles(Block& b, TilePart& c, const TilePart& left, const TilePart& right,
                    bool is_transposed) {
  struct Factors {
    const float* left;
    const float* right;
  };

  const Factors own{left.part, right.part};
  const void* const* lanes = b.fibers().share(&own);
  const auto left_at = [&](int row, int k) {
    const int at = row * 16 + k;
    return static_cast<const Factors*>(lanes[at / 8])->left[at % 8];
  };
  const auto right_at = [&](int k, int column) {
    const int at = is_transposed ? column * 16 + k : k * 16 + column;
    return static_cast<const Factors*>(lanes[at / 8])->right[at % 8];
  };
  const int first = first_element(b);
  for (int i = 0; i < 8; ++i)
    for (int k = 0; k < 16; ++k)
      c.part[i] += left_at((first + i) / 16, k) * right_at(k, (first + i) % 16);
  b.sync_warp();  // the factors of others may change now
}

}  // namespace galago::cuda::host
