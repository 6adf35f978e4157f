// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Ops on weight matrices. A matrix larger than one binding may span goes through several
// dispatches, each with a range of its rows.
#include <algorithm>

#include "vulkan/vulkan_program.h"
#include "vulkan/weight_layout.h"

namespace galago::vulkan {
namespace {

/// Rows of x up to which each weight is unpacked once for all of them; more go in tiles.
constexpr int kFewRows = 4;
constexpr std::uint32_t kVectorThreads = 64;
constexpr int kVectorOutputs = 4;  ///< as in shaders/matvec.comp
constexpr int kTileOutputs = 64;   ///< as in shaders/matmul.comp
constexpr std::uint32_t kLargeTileThreads = 256;
constexpr std::uint32_t kSmallTileThreads = 128;

std::uint32_t word(int value) { return static_cast<std::uint32_t>(value); }

std::uint32_t word(std::size_t value) { return static_cast<std::uint32_t>(value); }

std::uint32_t word(bool value) { return value ? 1 : 0; }

int divide_up(int count, int size) { return (count + size - 1) / size; }

std::string format_name(DType dtype) { return std::string(dtype_info(dtype).name); }

/// Rows of the matrix that one binding spans.
int rows_of_part(const WeightLayout& layout, const GpuLimits& limits) {
  const std::size_t room = limits.storage_range - limits.storage_alignment - 16;
  return static_cast<int>(std::clamp<std::size_t>(room / layout.row_bytes(), 1, 1U << 30));
}

}  // namespace

void VulkanProgram::matmul(Tensor x, const Weight& weight, Tensor result, const Epilogue& e) {
  const Tensor& w = use(weight);
  const WeightLayout layout = WeightLayout::of(w.dtype, w.cols);
  const Operand bias = e.bias != nullptr ? in(use(*e.bias)) : Operand{};
  const bool is_few = x.rows.max <= kFewRows;
  const bool is_large = gpu_->limits().invocations >= kLargeTileThreads;
  const std::uint32_t threads = is_few     ? kVectorThreads
                                : is_large ? kLargeTileThreads
                                           : kSmallTileThreads;
  const std::uint32_t x_rows = !is_few ? threads / 4 : x.rows.max == 1 ? 1 : kFewRows;
  const bool is_aligned =
      x.offset_bytes % gpu_->limits().storage_alignment % 16 == 0 && x.cols % 4 == 0;
  const std::string name = (is_few ? "matvec_" : "matmul_") + format_name(w.dtype);
  const int step = rows_of_part(layout, gpu_->limits());
  for (int first = 0; first < result.cols; first += step) {
    const int outs = std::min(step, result.cols - first);
    Groups groups = spread(divide_up(outs, is_few ? kVectorOutputs : kTileOutputs));
    if (!is_few) groups.z = word(divide_up(x.rows.max, static_cast<int>(x_rows)));
    const auto at = static_cast<std::size_t>(first) * layout.row_bytes();
    dispatch(
        {is_few ? with_subgroups(name) : name,
         {threads, x_rows, word(x.cols % 8 == 0), word(is_aligned)},
         {in(x), part(w, at, static_cast<std::size_t>(outs) * layout.row_bytes()), out(result),
          bias, in(e.residual)},
         {word(x.rows.max), word(x.rows.is_step), word(x.cols), word(result.cols), word(first),
          word(outs), word(layout.row_words), word(layout.scales_word), word(e.bias != nullptr),
          word(static_cast<bool>(e.residual)), static_cast<std::uint32_t>(e.activation)},
         groups,
         2.0 * x.rows.max * x.cols * outs});
  }
}

void VulkanProgram::embed_rows(const Weight& table, Tensor ids, Tensor pictures, Tensor result) {
  constexpr std::uint32_t kThreads = 64;
  const Tensor& w = use(table);
  const WeightLayout layout = WeightLayout::of(w.dtype, w.cols);
  const int step = rows_of_part(layout, gpu_->limits());
  for (int first = 0; first < w.rows.max; first += step) {
    const int count = std::min(step, w.rows.max - first);
    const auto at = static_cast<std::size_t>(first) * layout.row_bytes();
    dispatch({"embed_rows_" + format_name(w.dtype),
              {kThreads},
              {in(ids), part(w, at, static_cast<std::size_t>(count) * layout.row_bytes()),
               out(result), in(pictures)},
              {word(result.rows.max), word(result.rows.is_step), word(w.cols),
               word(layout.row_words), word(layout.scales_word), word(first), word(count)},
              groups_for(static_cast<double>(result.rows.max) * layout.units(), kThreads),
              static_cast<double>(result.rows.max) * w.cols});
  }
}

}  // namespace galago::vulkan
