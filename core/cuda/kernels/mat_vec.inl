// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of few rows: every weight is read once, where the file's layout has it, so memory is
// what limits them. A warp has two columns of the result, or a gate and its up.
#pragma once

#include "cuda/kernels/common.inl"
#include "cuda/kernels/formats.inl"

namespace galago::cuda {

inline constexpr int kOutputsPerWarp = 2;

/// 32 bytes of x, in two loads.
struct alignas(16) Words {
  unsigned of[8];
};

/// What a lane has added up: a sum for each of its warp's outputs and rows.
template <int kRows>
struct Sums {
  float of[kOutputsPerWarp][kRows] = {};
};

/// Quantised weights with x rounded to 8 bits: integers inside a chunk, f32 between chunks.
template <class F, int kRows>
GALAGO_DEVICE void add_products(Block& b, const MatVec& call, int rows,
                                const std::uint8_t* const (&weights)[kOutputsPerWarp],
                                Sums<kRows>& sums) {
  const int chunks = call.cols / kChunk;
  for (int chunk = b.thread() % kWarp; chunk < chunks; chunk += kWarp) {
    Chunk w[kOutputsPerWarp];
    GALAGO_UNROLL
    for (int o = 0; o < kOutputsPerWarp; ++o) F::unpack(weights[o], chunk, w[o]);
    GALAGO_UNROLL
    for (int r = 0; r < kRows; ++r) {
      if (r >= rows) break;
      const std::int64_t group = at(r, chunks, chunk);
      const Words x = *reinterpret_cast<const Words*>(call.rounded.values + group * kChunk);
      const Rounded::Scale scale = call.rounded.scales[group];
      GALAGO_UNROLL
      for (int o = 0; o < kOutputsPerWarp; ++o) {
        int low = 0;
        int high = 0;
        GALAGO_UNROLL
        for (int i = 0; i < 4; ++i) {
          low = dot4(w[o].q[i], x.of[i], low);
          high = dot4(w[o].q[4 + i], x.of[4 + i], high);
        }
        sums.of[o][r] += scale.scale * (w[o].scale[0] * static_cast<float>(low) +
                                        w[o].scale[1] * static_cast<float>(high)) -
                         (w[o].min[0] * scale.sum_low + w[o].min[1] * scale.sum_high);
      }
    }
  }
}

/// Plain weights, in f32. A lane takes kStep columns that lie together where rows are multiples of
/// it; single ones else.
template <class F, int kRows, int kStep>
GALAGO_DEVICE void add_plain_products(Block& b, const MatVec& call, int rows,
                                      const std::uint8_t* const (&weights)[kOutputsPerWarp],
                                      Sums<kRows>& sums) {
  for (int c = b.thread() % kWarp * kStep; c < call.cols; c += kWarp * kStep) {
    float w[kOutputsPerWarp][kStep];
    GALAGO_UNROLL
    for (int o = 0; o < kOutputsPerWarp; ++o) {
      GALAGO_UNROLL
      for (int i = 0; i < kStep; ++i)
        w[o][i] = F::load(weights[o] + static_cast<std::int64_t>(c + i) * F::kBytes);
    }
    GALAGO_UNROLL
    for (int r = 0; r < kRows; ++r) {
      if (r >= rows) break;
      GALAGO_UNROLL
      for (int i = 0; i < kStep; ++i) {
        const float x = call.x[at(r, call.cols, c + i)];
        GALAGO_UNROLL
        for (int o = 0; o < kOutputsPerWarp; ++o) sums.of[o][r] += w[o][i] * x;
      }
    }
  }
}

template <class F, int kRows>
struct MatVecKernel {
  static constexpr int kThreads = 128;
  MatVec call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const Product& product = call.part[b.y()];
    const bool is_pair = product.up != nullptr;
    const int rows = active_rows(call.rows, call.step);
    const int warp = b.x() * (kThreads / kWarp) + b.thread() / kWarp;
    const int first = is_pair ? warp : warp * kOutputsPerWarp;
    if (first >= product.out_cols || rows <= 0) return;
    const std::int64_t row_size = bytes_of_row<F>(call.cols);
    // The last warp of an odd number of columns computes one of them twice.
    const int second = smaller(first + 1, product.out_cols - 1);
    const std::uint8_t* const weights[kOutputsPerWarp] = {
        product.weights + first * row_size,
        is_pair ? product.up + first * row_size : product.weights + second * row_size};
    Sums<kRows> sums;
    if constexpr (F::kIsQuantised) {
      add_products<F, kRows>(b, call, rows, weights, sums);
    } else if (call.cols % 4 == 0) {
      add_plain_products<F, kRows, 4>(b, call, rows, weights, sums);
    } else {
      add_plain_products<F, kRows, 1>(b, call, rows, weights, sums);
    }
    GALAGO_UNROLL
    for (int r = 0; r < kRows; ++r) {
      if (r >= rows) break;
      const float a = warp_sum(b, sums.of[0][r]);
      const float c = warp_sum(b, sums.of[1][r]);
      if (b.thread() % kWarp != 0) continue;
      if (is_pair) {
        product.out[at(r, product.out_cols, first)] = activated(Activation::kSilu, a) * c;
      } else {
        finish(product, r, first, a);
        if (second != first) finish(product, r, second, c);
      }
    }
  }

 private:
  GALAGO_DEVICE static void finish(const Product& product, int row, int col, float sum) {
    if (product.bias != nullptr) sum += product.bias[col];
    sum = activated(product.activation, sum);
    const std::int64_t to = at(row, product.out_cols, col);
    if (product.residual != nullptr) sum += product.residual[to];
    product.out[to] = sum;
  }
};

template <class Kernel, class Launcher>
void launch_mat_vec(Launcher& launcher, const MatVec& call) {
  int widest = 0;
  for (int i = 0; i < call.parts; ++i) {
    const Product& part = call.part[i];
    const int outputs = part.up != nullptr ? part.out_cols : divide_up(part.out_cols, 2);
    widest = outputs > widest ? outputs : widest;
  }
  launcher(Kernel{call}, Blocks{divide_up(widest, Kernel::kThreads / kWarp), call.parts, 1});
}

template <class Launcher>
void launch(Launcher& launcher, const MatVec& call) {
  with_format(call.dtype, [&](auto format) {
    using F = decltype(format);
    if (call.rows.max == 1)
      launch_mat_vec<MatVecKernel<F, 1>>(launcher, call);
    else if (call.rows.max <= 4)
      launch_mat_vec<MatVecKernel<F, 4>>(launcher, call);
    else
      launch_mat_vec<MatVecKernel<F, MatVec::kMostRows>>(launcher, call);
  });
}

}  // namespace galago::cuda
