// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of many rows on the tensor cores: prompts and pictures. Weights are unpacked to 16 bits
// in shared memory, x comes rounded (RoundToHalf), sums are f32. A block has 128×64 of the result,
// each of its four warps 64×32.
#pragma once

#include <type_traits>

#include "cuda/kernels/mat_tiles.inl"

namespace galago::cuda {

template <class F, class Element>
struct MatTensorKernel {
  static constexpr int kThreads = 128;
  static constexpr int kTileRows = 128;
  static constexpr int kTileCols = 64;
  static constexpr int kDepth = 64;
  static constexpr int kStride = kDepth + 8;  ///< rows begin in different banks
  static constexpr int kRowTiles = 4;         ///< of a warp
  static constexpr int kColTiles = 2;
  MatTensor call;

  GALAGO_DEVICE void operator()(Block& b) const {
    alignas(32) GALAGO_SHARED std::uint16_t x_tile[kTileRows * kStride];
    alignas(32) GALAGO_SHARED std::uint16_t w_tile[kTileCols * kStride];
    alignas(32) GALAGO_SHARED float results[kThreads / kWarp][16 * 16];
    const int rows = active_rows(call.rows, call.step);
    const int first_row = b.y() * kTileRows;
    const int first_col = b.x() * kTileCols;
    if (first_row >= rows) return;
    const int warp = b.thread() / kWarp;
    const int warp_row = warp / 2 * 16 * kRowTiles;
    const int warp_col = warp % 2 * 16 * kColTiles;
    TileC sums[kRowTiles][kColTiles];
    GALAGO_UNROLL
    for (int i = 0; i < kRowTiles; ++i) {
      GALAGO_UNROLL
      for (int j = 0; j < kColTiles; ++j) clear(sums[i][j]);
    }
    for (int k = 0; k < call.padded_cols; k += kDepth) {
      load_x(b, k, first_row, rows, x_tile);
      load_w(b, k, first_col, w_tile);
      b.sync();
      GALAGO_UNROLL
      for (int step = 0; step < kDepth; step += 16) {
        TileBT<Element> w[kColTiles];
        GALAGO_UNROLL
        for (int j = 0; j < kColTiles; ++j)
          load(b, w[j], w_tile + (warp_col + 16 * j) * kStride + step, kStride);
        GALAGO_UNROLL
        for (int i = 0; i < kRowTiles; ++i) {
          TileA<Element> x;
          load(b, x, x_tile + (warp_row + 16 * i) * kStride + step, kStride);
          GALAGO_UNROLL
          for (int j = 0; j < kColTiles; ++j) multiply(b, sums[i][j], x, w[j]);
        }
      }
      b.sync();
    }
    // Which lane has which element only the hardware knows: through shared memory.
    GALAGO_UNROLL
    for (int i = 0; i < kRowTiles; ++i) {
      GALAGO_UNROLL
      for (int j = 0; j < kColTiles; ++j) {
        store(b, results[warp], sums[i][j], 16);
        b.sync_warp();
        for (int e = b.thread() % kWarp; e < 256; e += kWarp) {
          const int row = first_row + warp_row + 16 * i + e / 16;
          const int col = first_col + warp_col + 16 * j + e % 16;
          if (row < rows && col < call.product.out_cols)
            finish_product(call.product, row, col, results[warp][e]);
        }
        b.sync_warp();
      }
    }
  }

 private:
  /// Eight numbers at a time: 16 bytes.
  struct alignas(16) Eight {
    std::uint16_t of[8];
  };

  GALAGO_DEVICE void load_x(Block& b, int k, int first_row, int rows, std::uint16_t* tile) const {
    constexpr int kEights = kDepth / 8;
    GALAGO_UNROLL
    for (int n = 0; n < kTileRows * kEights / kThreads; ++n) {
      const int i = n * kThreads + b.thread();
      const int row = i / kEights;
      const int col = i % kEights * 8;
      Eight values = {};
      if (first_row + row < rows)
        values = *reinterpret_cast<const Eight*>(call.x +
                                                 at(first_row + row, call.padded_cols, k + col));
      *reinterpret_cast<Eight*>(tile + row * kStride + col) = values;
    }
  }

  GALAGO_DEVICE void load_w(Block& b, int k, int first_col, std::uint16_t* tile) const {
    if constexpr (F::kIsQuantised) {
      unpack_w(b, k, first_col, tile);
    } else if (call.cols % 8 == 0) {
      copy_w(b, k, first_col, tile);
    } else {
      unpack_w(b, k, first_col, tile);
    }
  }

  /// Weights of 16 bits are taken as they are.
  GALAGO_DEVICE void copy_w(Block& b, int k, int first_col, std::uint16_t* tile) const {
    constexpr int kEights = kDepth / 8;
    const auto* weights = reinterpret_cast<const std::uint16_t*>(call.product.weights);
    GALAGO_UNROLL
    for (int n = 0; n < kTileCols * kEights / kThreads; ++n) {
      const int i = n * kThreads + b.thread();
      const int row = i / kEights;
      const int col = i % kEights * 8;
      Eight values = {};
      if (first_col + row < call.product.out_cols && k + col < call.cols)
        values = *reinterpret_cast<const Eight*>(weights + at(first_col + row, call.cols, k + col));
      *reinterpret_cast<Eight*>(tile + row * kStride + col) = values;
    }
  }

  /// A thread unpacks 32 columns of one row of the matrix.
  GALAGO_DEVICE void unpack_w(Block& b, int k, int first_col, std::uint16_t* tile) const {
    static_assert(kThreads * kChunk == kTileCols * kDepth);
    const int row = b.thread() % kTileCols;
    const int half = b.thread() / kTileCols;
    const int chunk = k / kChunk + half;
    float values[kChunk] = {};
    if (first_col + row < call.product.out_cols && chunk * kChunk < call.cols)
      chunk_values<F>(call.product.weights + (first_col + row) * bytes_of_row<F>(call.cols), chunk,
                      call.cols, values);
    GALAGO_UNROLL
    for (int i = 0; i < kChunk; i += 8) {
      Eight eight;
      GALAGO_UNROLL
      for (int j = 0; j < 8; ++j) eight.of[j] = Element::round(values[i + j]);
      *reinterpret_cast<Eight*>(tile + row * kStride + half * kChunk + i) = eight;
    }
  }
};

template <class Launcher>
void launch(Launcher& launcher, const MatTensor& call) {
  const auto start = [&](auto kernel) {
    using Kernel = decltype(kernel);
    launcher(kernel, Blocks{divide_up(call.product.out_cols, Kernel::kTileCols),
                            divide_up(call.rows.max, Kernel::kTileRows), 1});
  };
  with_format(call.dtype, [&](auto format) {
    using F = decltype(format);
    if constexpr (std::is_same_v<F, Format<DType::kBF16>>)
      start(MatTensorKernel<F, BF16>{call});
    else if constexpr (!std::is_same_v<F, Format<DType::kF32>>)  // f32 is not rounded
      start(MatTensorKernel<F, F16>{call});
  });
}

}  // namespace galago::cuda
