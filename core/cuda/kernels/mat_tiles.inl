// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of many rows in f32, weights unpacked to f32 in shared memory: for weights and people
// that want nothing rounded. A block has 64×64 of the result, a thread 4×4.
#pragma once

#include "cuda/kernels/common.inl"
#include "cuda/kernels/formats.inl"

namespace galago::cuda {

/// What follows the product, for one element of many rows.
GALAGO_DEVICE void finish_product(const Product& product, int row, int col, float sum) {
  if (product.bias != nullptr) sum += product.bias[col];
  sum = activated(product.activation, sum);
  const std::int64_t to = at(row, product.out_cols, col);
  if (product.residual != nullptr) sum += product.residual[to];
  product.out[to] = sum;
}

template <class F>
struct MatTilesKernel {
  static constexpr int kThreads = 256;
  static constexpr int kTile = 64;
  static constexpr int kEach = 4;
  MatTiles call;

  GALAGO_DEVICE void operator()(Block& b) const {
    // Columns first, so that the 16 rows a warp reads lie in different banks.
    GALAGO_SHARED float x_tile[kChunk][kTile + 1];
    GALAGO_SHARED float w_tile[kChunk][kTile + 1];
    const int rows = active_rows(call.rows, call.step);
    const int first_row = b.y() * kTile;
    const int first_col = b.x() * kTile;
    if (first_row >= rows) return;
    const int ty = b.thread() / 16;
    const int tx = b.thread() % 16;
    float sums[kEach][kEach] = {};
    for (int chunk = 0; chunk * kChunk < call.cols; ++chunk) {
      load_x(b, chunk, first_row, rows, x_tile);
      load_w(b, chunk, first_col, w_tile);
      b.sync();
      for (int k = 0; k < kChunk; ++k) {
        GALAGO_UNROLL
        for (int i = 0; i < kEach; ++i) {
          GALAGO_UNROLL
          for (int j = 0; j < kEach; ++j)
            sums[i][j] += x_tile[k][ty + 16 * i] * w_tile[k][tx + 16 * j];
        }
      }
      b.sync();
    }
    for (int i = 0; i < kEach; ++i)
      for (int j = 0; j < kEach; ++j) {
        const int row = first_row + ty + 16 * i;
        const int col = first_col + tx + 16 * j;
        if (row < rows && col < call.product.out_cols)
          finish_product(call.product, row, col, sums[i][j]);
      }
  }

 private:
  GALAGO_DEVICE void load_x(Block& b, int chunk, int first_row, int rows,
                            float (&x_tile)[kChunk][kTile + 1]) const {
    for (int i = b.thread(); i < kTile * kChunk; i += kThreads) {
      const int row = first_row + i / kChunk;
      const int col = chunk * kChunk + i % kChunk;
      x_tile[i % kChunk][i / kChunk] =
          row < rows && col < call.cols ? call.x[at(row, call.cols, col)] : 0.0F;
    }
  }

  GALAGO_DEVICE void load_w(Block& b, int chunk, int first_col,
                            float (&w_tile)[kChunk][kTile + 1]) const {
    if (b.thread() >= kTile) return;
    const int col = first_col + b.thread();
    float values[kChunk] = {};
    if (col < call.product.out_cols)
      chunk_values<F>(call.product.weights + col * bytes_of_row<F>(call.cols), chunk, call.cols,
                      values);
    for (int k = 0; k < kChunk; ++k) w_tile[k][b.thread()] = values[k];
  }
};

template <class Launcher>
void launch(Launcher& launcher, const MatTiles& call) {
  with_format(call.dtype, [&](auto format) {
    using Kernel = MatTilesKernel<decltype(format)>;
    launcher(Kernel{call}, Blocks{divide_up(call.product.out_cols, Kernel::kTile),
                                  divide_up(call.rows.max, Kernel::kTile), 1});
  });
}

}  // namespace galago::cuda
