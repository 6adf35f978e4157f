// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/matmul/matmul.h"

#include <algorithm>

namespace galago::cpu {
namespace {

constexpr std::size_t kCacheLine = 64;
/// Weights of one task of a product of few rows: enough to be worth a task.
constexpr std::size_t kDotTaskBytes = 96 << 10;
/// Panels that a tile of x meets while it is at hand: where a product's x is larger than the
/// second-level cache, it comes from further away this much less often.
constexpr int kPanelGroup = 4;
/// Tasks that a worker should have at least, so that none waits long for the last one.
constexpr int kTasksPerWorker = 4;
/// Sums that wait for their bias and residual.
constexpr int kDotBatch = 32;
/// The largest tile of all kernels: rows times columns.
constexpr int kMaxTileSums = 1024;

int divide_up(int count, int size) { return (count + size - 1) / size; }

std::size_t in_lines(std::size_t bytes) {
  return (bytes + kCacheLine - 1) / kCacheLine * kCacheLine;
}

class Product {
 public:
  Product(const MatmulArgs& args, const MatmulKernels& kernels, ThreadPool& pool)
      : args_(args),
        kernels_(kernels),
        product_(kernels.of(args.weight_type)),
        pool_(pool),
        weight_stride_(galago::row_bytes(args.weight_type, args.cols)) {}

  void few_rows() const {
    const std::size_t x_stride = in_lines(product_.row_bytes(args_.cols));
    for (int r = 0; r < args_.rows; ++r)
      product_.prepare_row(args_.x + static_cast<std::ptrdiff_t>(r) * args_.cols, args_.cols,
                           args_.scratch + static_cast<std::size_t>(r) * x_stride);
    const auto worth = static_cast<int>(kDotTaskBytes / std::max<std::size_t>(1, weight_stride_));
    const int task_rows = divide_up(std::max(1, worth), kDotBatch) * kDotBatch;
    pool_.parallel_for(divide_up(args_.out_cols, task_rows), [&](int task, int) {
      const int last = std::min(args_.out_cols, (task + 1) * task_rows);
      for (int n = task * task_rows; n < last; n += kDotBatch)
        dot_batch(n, std::min(kDotBatch, last - n), x_stride);
    });
  }

  void many_rows() const {
    const int tiles = divide_up(args_.rows, product_.tile_rows);
    const std::size_t tile_stride = in_lines(product_.tile_bytes(args_.cols));
    pool_.parallel_for(tiles, [&](int tile, int) {
      const int first = tile * product_.tile_rows;
      product_.prepare_tile(args_.x + static_cast<std::ptrdiff_t>(first) * args_.cols, args_.cols,
                            std::min(product_.tile_rows, args_.rows - first), args_.cols,
                            args_.scratch + static_cast<std::size_t>(tile) * tile_stride);
    });
    std::byte* panels = args_.scratch + static_cast<std::size_t>(tiles) * tile_stride;
    const std::size_t panel_stride = in_lines(product_.panel_bytes(args_.cols));
    const int panel_count = divide_up(args_.out_cols, product_.panel_cols);
    const int group = std::clamp(panel_count / (kTasksPerWorker * pool_.size()), 1, kPanelGroup);
    pool_.parallel_for(divide_up(panel_count, group), [&](int task, int worker) {
      std::byte* mine = panels + static_cast<std::size_t>(worker * kPanelGroup) * panel_stride;
      const int first = task * group;
      const int last = std::min(panel_count, first + group);
      for (int p = first; p < last; ++p)
        product_.prepare_panel(weight_row(p * product_.panel_cols), weight_stride_, panel_width(p),
                               args_.cols,
                               mine + static_cast<std::size_t>(p - first) * panel_stride);
      for (int tile = 0; tile < tiles; ++tile)
        for (int p = first; p < last; ++p)
          multiply_tile(tile, args_.scratch + static_cast<std::size_t>(tile) * tile_stride,
                        mine + static_cast<std::size_t>(p - first) * panel_stride,
                        p * product_.panel_cols, panel_width(p));
    });
  }

 private:
  const std::byte* weight_row(int n) const {
    return args_.weights + static_cast<std::size_t>(n) * weight_stride_;
  }

  int panel_width(int panel) const {
    return std::min(product_.panel_cols, args_.out_cols - panel * product_.panel_cols);
  }

  void dot_batch(int n, int count, std::size_t x_stride) const {
    float sums[kDotRows * kDotBatch];
    product_.dot({args_.scratch, x_stride, args_.rows, weight_row(n), weight_stride_, count,
                  args_.cols, sums, kDotBatch});
    for (int r = 0; r < args_.rows; ++r) finish(sums + r * kDotBatch, r, n, count);
  }

  void multiply_tile(int tile, const std::byte* x_tile, const std::byte* panel, int n,
                     int count) const {
    alignas(kCacheLine) float sums[kMaxTileSums];
    product_.multiply(x_tile, panel, args_.cols, sums);
    const int first = tile * product_.tile_rows;
    const int rows = std::min(product_.tile_rows, args_.rows - first);
    for (int r = 0; r < rows; ++r) finish(sums + r * product_.panel_cols, first + r, n, count);
  }

  void finish(const float* sums, int row, int n, int count) const {
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(row) * args_.out_cols + n;
    kernels_.plain.finish_row(
        sums, count, args_.bias != nullptr ? args_.bias + n : nullptr, args_.activation,
        args_.residual != nullptr ? args_.residual + at : nullptr, args_.out + at);
  }

  const MatmulArgs& args_;
  const MatmulKernels& kernels_;
  const ProductKernels& product_;
  ThreadPool& pool_;
  std::size_t weight_stride_;
};

}  // namespace

std::size_t matmul_scratch_bytes(const ProductKernels& product, int rows, int cols, int workers) {
  GALAGO_ASSERT(product.tile_rows * product.panel_cols <= kMaxTileSums);
  const std::size_t few =
      static_cast<std::size_t>(std::min(rows, kDotRows)) * in_lines(product.row_bytes(cols));
  if (rows <= kDotRows) return few;
  const auto tiles = static_cast<std::size_t>(divide_up(rows, product.tile_rows));
  return std::max(few, tiles * in_lines(product.tile_bytes(cols)) +
                           static_cast<std::size_t>(workers * kPanelGroup) *
                               in_lines(product.panel_bytes(cols)));
}

void matmul(const MatmulArgs& args, const MatmulKernels& kernels, ThreadPool& pool) {
  if (args.rows == 0) return;
  const Product product(args, kernels, pool);
  if (args.rows <= kDotRows) {
    product.few_rows();
  } else {
    product.many_rows();
  }
}

}  // namespace galago::cpu
