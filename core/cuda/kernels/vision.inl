// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The tower's and the projectors' own kernels. Threads have columns: neighbours read neighbours.
#pragma once

#include "cuda/kernels/common.inl"

namespace galago::cuda {

struct EmbedPatchesKernel {
  static constexpr int kThreads = 256;
  EmbedPatches call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.y();
    const int c = b.x() * kThreads + b.thread();
    if (c >= call.cols) return;
    const float token = row == 0 ? call.class_embd[c] : call.patches[at(row - 1, call.cols, c)];
    call.out[at(row, call.cols, c)] = token + call.positions[at(row, call.cols, c)];
  }
};

template <class Launcher>
void launch(Launcher& launcher, const EmbedPatches& call) {
  launcher(EmbedPatchesKernel{call},
           Blocks{divide_up(call.cols, EmbedPatchesKernel::kThreads), call.rows, 1});
}

struct DepthwiseConv3x3Kernel {
  static constexpr int kThreads = 256;
  DepthwiseConv3x3 call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.y();
    const int c = b.x() * kThreads + b.thread();
    if (c >= call.cols) return;
    const int y0 = row / call.out_grid.width * call.stride - 1;
    const int x0 = row % call.out_grid.width * call.stride - 1;
    float sum = call.bias != nullptr ? call.bias[c] : 0.0F;
    for (int dy = 0; dy < 3; ++dy) {
      for (int dx = 0; dx < 3; ++dx) {
        const int y = y0 + dy;
        const int x = x0 + dx;
        if (y < 0 || y >= call.grid.height || x < 0 || x >= call.grid.width) continue;
        sum += call.w[c * 9 + dy * 3 + dx] * call.x[at(y * call.grid.width + x, call.cols, c)];
      }
    }
    if (call.residual != nullptr) sum += call.residual[at(row, call.cols, c)];
    call.out[at(row, call.cols, c)] = sum;
  }
};

template <class Launcher>
void launch(Launcher& launcher, const DepthwiseConv3x3& call) {
  launcher(
      DepthwiseConv3x3Kernel{call},
      Blocks{divide_up(call.cols, DepthwiseConv3x3Kernel::kThreads), call.out_grid.positions(), 1});
}

struct AdaptiveAvgPoolKernel {
  static constexpr int kThreads = 256;
  AdaptiveAvgPool call;

  GALAGO_DEVICE void operator()(Block& b) const {
    const int row = b.y();
    const int c = b.x() * kThreads + b.thread();
    if (c >= call.cols) return;
    const int oy = row / call.out_grid.width;
    const int ox = row % call.out_grid.width;
    const int y_begin = oy * call.grid.height / call.out_grid.height;
    const int y_end = divide_up((oy + 1) * call.grid.height, call.out_grid.height);
    const int x_begin = ox * call.grid.width / call.out_grid.width;
    const int x_end = divide_up((ox + 1) * call.grid.width, call.out_grid.width);
    float sum = 0;
    for (int y = y_begin; y < y_end; ++y)
      for (int x = x_begin; x < x_end; ++x)
        sum += call.x[at(y * call.grid.width + x, call.cols, c)];
    call.out[at(row, call.cols, c)] =
        sum / static_cast<float>((y_end - y_begin) * (x_end - x_begin));
  }
};

template <class Launcher>
void launch(Launcher& launcher, const AdaptiveAvgPool& call) {
  launcher(
      AdaptiveAvgPoolKernel{call},
      Blocks{divide_up(call.cols, AdaptiveAvgPoolKernel::kThreads), call.out_grid.positions(), 1});
}

/// A block has 32 columns; its warps share the rows.
struct GlobalAvgPoolKernel {
  static constexpr int kThreads = 256;
  static constexpr int kWarps = kThreads / kWarp;
  GlobalAvgPool call;

  GALAGO_DEVICE void operator()(Block& b) const {
    GALAGO_SHARED float sums[kWarps][kWarp];
    const int rows = active_rows(call.rows, call.step);
    const int lane = b.thread() % kWarp;
    const int warp = b.thread() / kWarp;
    const int c = b.x() * kWarp + lane;
    float sum = 0;
    if (c < call.cols)
      for (int r = warp; r < rows; r += kWarps) sum += call.x[at(r, call.cols, c)];
    sums[warp][lane] = sum;
    b.sync();
    if (warp != 0 || c >= call.cols) return;
    sum = 0;
    for (int i = 0; i < kWarps; ++i) sum += sums[i][lane];
    call.out[c] = sum / static_cast<float>(rows);
  }
};

template <class Launcher>
void launch(Launcher& launcher, const GlobalAvgPool& call) {
  launcher(GlobalAvgPoolKernel{call}, Blocks{divide_up(call.cols, kWarp)});
}

}  // namespace galago::cuda
