// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Ops on pictures of [height · width, cols]: channels are the vectors' lanes, so that every load is
// contiguous and borders are whole positions.
#pragma once

#include "cpu/kernels/elementwise.inl"

namespace galago::cpu {
namespace {

/// The positions of a 3×3 window that lie inside the grid, and their taps.
struct Window {
  const float* inputs[9];
  const float* taps[9];
  int count = 0;
};

inline Window window_at(const ConvArgs& args, int out_y, int out_x) {
  Window window;
  for (int dy = 0; dy < 3; ++dy) {
    for (int dx = 0; dx < 3; ++dx) {
      const int y = out_y * args.stride + dy - 1;
      const int x = out_x * args.stride + dx - 1;
      if (y < 0 || y >= args.grid.height || x < 0 || x >= args.grid.width) continue;
      const std::ptrdiff_t position = static_cast<std::ptrdiff_t>(y) * args.grid.width + x;
      window.inputs[window.count] = args.x + position * args.cols;
      window.taps[window.count] = args.taps + static_cast<std::ptrdiff_t>(dy * 3 + dx) * args.cols;
      ++window.count;
    }
  }
  return window;
}

void depthwise_conv3x3(const ConvArgs& args, int first, int last) {
  const int out_width = (args.grid.width + args.stride - 1) / args.stride;
  for (int y = first; y < last; ++y) {
    for (int x = 0; x < out_width; ++x) {
      const Window window = window_at(args, y, x);
      const std::ptrdiff_t at = (static_cast<std::ptrdiff_t>(y) * out_width + x) * args.cols;
      for_each_vector(static_cast<std::size_t>(args.cols), [&](std::size_t c, auto get, auto put) {
        F32 sum = args.bias != nullptr ? get(args.bias + c) : broadcast(0);
        for (int i = 0; i < window.count; ++i)
          sum = fma(get(window.taps[i] + c), get(window.inputs[i] + c), sum);
        if (args.residual != nullptr) sum = sum + get(args.residual + at + c);
        put(args.out + at + c, sum);
      });
    }
  }
}

void adaptive_avg_pool(const float* x, Grid grid, int cols, Grid out_grid, int first, int last,
                       float* out) {
  for (int y = first; y < last; ++y) {
    const int y_begin = y * grid.height / out_grid.height;
    const int y_end = ((y + 1) * grid.height + out_grid.height - 1) / out_grid.height;
    for (int column = 0; column < out_grid.width; ++column) {
      const int x_begin = column * grid.width / out_grid.width;
      const int x_end = ((column + 1) * grid.width + out_grid.width - 1) / out_grid.width;
      const float share = 1 / static_cast<float>((y_end - y_begin) * (x_end - x_begin));
      float* to = out + (static_cast<std::ptrdiff_t>(y) * out_grid.width + column) * cols;
      for_each_vector(static_cast<std::size_t>(cols), [&](std::size_t c, auto get, auto put) {
        F32 sum = broadcast(0);
        for (int yy = y_begin; yy < y_end; ++yy)
          for (int xx = x_begin; xx < x_end; ++xx)
            sum = sum + get(x + (static_cast<std::ptrdiff_t>(yy) * grid.width + xx) * cols + c);
        put(to + c, sum * broadcast(share));
      });
    }
  }
}

void global_avg_pool(const float* x, int rows, int cols, int first, int last, float* out) {
  const F32 share = broadcast(1 / static_cast<float>(rows));
  for_each_vector(static_cast<std::size_t>(last - first), [=](std::size_t i, auto get, auto put) {
    const float* column = x + first + i;
    // Two sums of every other row: shorter chains, smaller errors.
    F32 even = broadcast(0);
    F32 odd = broadcast(0);
    int r = 0;
    for (; r + 2 <= rows; r += 2) {
      even = even + get(column + static_cast<std::ptrdiff_t>(r) * cols);
      odd = odd + get(column + static_cast<std::ptrdiff_t>(r + 1) * cols);
    }
    if (r < rows) even = even + get(column + static_cast<std::ptrdiff_t>(r) * cols);
    put(out + first + i, (even + odd) * share);
  });
}

}  // namespace
}  // namespace galago::cpu
