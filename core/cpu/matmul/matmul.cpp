// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/matmul/matmul.h"

#include <algorithm>

namespace galago::cpu {
namespace {

constexpr std::size_t kCacheLine = 64;
/// Weights of one task of a product of few rows: kernels read several rows of them at a time, each
/// for a while.
constexpr std::size_t kDotTaskBytes = 256 << 10;
/// What is worth waking a worker.
constexpr std::size_t kLeastDotTaskBytes = 64 << 10;
/// Panels that a tile of x meets while it is at hand: where a product's x is larger than the
/// second-level cache, it comes from further away this much less often.
constexpr int kPanelGroup = 4;
/// Tasks that a worker should have at least, so that none waits long for the last one.
constexpr int kTasksPerWorker = 4;
/// Its rows are a multiple of this, and not more than that: their sums wait together for bias and
/// residual.
constexpr int kDotTaskStep = 16;
constexpr int kMaxDotTask = 512;
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
    const auto size_of = [this](const MatmulPart& part) { return dot_task_rows(part.out_cols); };
    for_each_task(size_of, [&](const MatmulPart& part, int first, int count, int) {
      float sums[kDotRows * kMaxDotTask];
      product_.dot({args_.scratch, x_stride, args_.rows, weight_row(part, first), weight_stride_,
                    count, args_.cols, sums, kMaxDotTask});
      for (int r = 0; r < args_.rows; ++r) finish(part, sums + r * kMaxDotTask, r, first, count);
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
    const auto size_of = [this](const MatmulPart& part) {
      const int panel_count = divide_up(part.out_cols, product_.panel_cols);
      return product_.panel_cols *
             std::clamp(panel_count / (kTasksPerWorker * pool_.size()), 1, kPanelGroup);
    };
    for_each_task(size_of, [&](const MatmulPart& part, int first, int count, int worker) {
      std::byte* mine = panels + static_cast<std::size_t>(worker * kPanelGroup) * panel_stride;
      for (int n = 0; n < count; n += product_.panel_cols)
        product_.prepare_panel(
            weight_row(part, first + n), weight_stride_, std::min(product_.panel_cols, count - n),
            args_.cols, mine + static_cast<std::size_t>(n / product_.panel_cols) * panel_stride);
      for (int tile = 0; tile < tiles; ++tile)
        for (int n = 0; n < count; n += product_.panel_cols)
          multiply_tile(part, tile, args_.scratch + static_cast<std::size_t>(tile) * tile_stride,
                        mine + static_cast<std::size_t>(n / product_.panel_cols) * panel_stride,
                        first + n, std::min(product_.panel_cols, count - n));
    });
  }

 private:
  /// body(part, first, count, worker) for tasks of size_of(part) rows of each part's matrix.
  template <class SizeOf, class Body>
  void for_each_task(SizeOf size_of, Body body) const {
    const auto tasks_of = [&](const MatmulPart& part) {
      return divide_up(part.out_cols, size_of(part));
    };
    int tasks = 0;
    for (const MatmulPart& part : args_.parts) tasks += tasks_of(part);
    pool_.parallel_for(tasks, [&](int task, int worker) {
      for (const MatmulPart& part : args_.parts) {
        if (const int own = tasks_of(part); task >= own) {
          task -= own;
          continue;
        }
        const int first = task * size_of(part);
        return body(part, first, std::min(size_of(part), part.out_cols - first), worker);
      }
    });
  }

  /// As many tasks for each worker: none waits for the others' last one.
  int dot_task_rows(int rows) const {
    const std::size_t bytes = static_cast<std::size_t>(rows) * weight_stride_;
    const auto least =
        static_cast<int>(kLeastDotTaskBytes / std::max<std::size_t>(1, weight_stride_));
    const int rounds = divide_up(static_cast<int>(bytes / kDotTaskBytes) + 1, pool_.size());
    const int even = divide_up(rows, rounds * pool_.size());
    return std::clamp(divide_up(std::max(least, even), kDotTaskStep) * kDotTaskStep, kDotTaskStep,
                      kMaxDotTask);
  }

  const std::byte* weight_row(const MatmulPart& part, int n) const {
    return part.weights + static_cast<std::size_t>(n) * weight_stride_;
  }

  void multiply_tile(const MatmulPart& part, int tile, const std::byte* x_tile,
                     const std::byte* panel, int n, int count) const {
    alignas(kCacheLine) float sums[kMaxTileSums];
    product_.multiply(x_tile, panel, args_.cols, sums);
    const int first = tile * product_.tile_rows;
    const int rows = std::min(product_.tile_rows, args_.rows - first);
    for (int r = 0; r < rows; ++r)
      finish(part, sums + r * product_.panel_cols, first + r, n, count);
  }

  void finish(const MatmulPart& part, const float* sums, int row, int n, int count) const {
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(row) * part.out_cols + n;
    kernels_.plain.finish_row(
        sums, count, part.bias != nullptr ? part.bias + n : nullptr, part.activation,
        part.residual != nullptr ? part.residual + at : nullptr, part.out + at);
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
