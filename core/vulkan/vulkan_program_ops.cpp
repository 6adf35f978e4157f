// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The ops that are one dispatch.
#include <bit>

#include "vulkan/vulkan_program.h"
#include "vulkan/weight_layout.h"

namespace galago::vulkan {
namespace {

constexpr std::uint32_t kThreads = 64;

/// As in shaders/elementwise.comp.
enum ElementwiseOp : std::uint32_t {
  kAdd,
  kSwiGlu,
  kActivate,
  kScaleChannels,
  kEmbedPatches,
  kLastRow
};

std::uint32_t word(int value) { return static_cast<std::uint32_t>(value); }

std::uint32_t word(bool value) { return value ? 1 : 0; }

double elements(const Tensor& t) { return static_cast<double>(t.rows.max) * t.cols; }

}  // namespace

void VulkanProgram::elementwise(std::uint32_t op, Activation activation, const Operand& a,
                                const Operand& b, const Operand& c, Tensor result) {
  dispatch({"elementwise",
            {kThreads, op},
            {a, b, out(result), c},
            {word(result.rows.max), word(result.rows.is_step), word(result.cols),
             static_cast<std::uint32_t>(activation)},
            groups_for(elements(result), kThreads),
            elements(result)});
}

void VulkanProgram::add(Tensor a, Tensor b, Tensor result) {
  elementwise(kAdd, Activation::kNone, in(a), in(b), {}, result);
}

void VulkanProgram::swiglu(Tensor gate, Tensor up, Tensor result) {
  elementwise(kSwiGlu, Activation::kNone, in(gate), in(up), {}, result);
}

void VulkanProgram::activate(Tensor x, Activation activation, Tensor result) {
  elementwise(kActivate, activation, in(x), {}, {}, result);
}

void VulkanProgram::scale_channels(Tensor x, Tensor scale, Tensor result) {
  elementwise(kScaleChannels, Activation::kNone, in(x), in(scale), {}, result);
}

void VulkanProgram::embed_patches(Tensor patches, const Weight& class_embd, const Weight& positions,
                                  Tensor result) {
  elementwise(kEmbedPatches, Activation::kNone, in(patches), in(use(class_embd)),
              in(use(positions)), result);
}

void VulkanProgram::last_row(Tensor x, Tensor result) {
  dispatch({"elementwise",
            {kThreads, kLastRow},
            {in(x), {}, out(result)},
            {word(x.rows.max), word(x.rows.is_step), word(x.cols), 0},
            groups_for(x.cols, kThreads),
            elements(result)});
}

void VulkanProgram::norm(Tensor x, const Weight& gain, const Weight* bias, float eps,
                         Tensor result) {
  dispatch(
      {with_subgroups("norm"),
       {kThreads, word(bias != nullptr)},
       {in(x), in(use(gain)), out(result), bias != nullptr ? in(use(*bias)) : Operand{}},
       {word(x.rows.max), word(x.rows.is_step), word(x.cols), std::bit_cast<std::uint32_t>(eps)},
       spread(x.rows.max),
       4 * elements(x)});
}

void VulkanProgram::rms_norm(Tensor x, const Weight& gain, float eps, Tensor result) {
  norm(x, gain, nullptr, eps, result);
}

void VulkanProgram::layer_norm(Tensor x, const Weight& gain, const Weight& bias, float eps,
                               Tensor result) {
  norm(x, gain, &bias, eps, result);
}

void VulkanProgram::depthwise_conv3x3(Tensor x, Grid grid, int stride, const Weight& w,
                                      const Weight* bias, Tensor residual, Tensor result) {
  dispatch(
      {"conv",
       {kThreads},
       {in(x), in(use(w)), out(result), bias != nullptr ? in(use(*bias)) : Operand{}, in(residual)},
       {word(result.rows.max), word(x.cols), word(grid.height), word(grid.width),
        word((grid.width + stride - 1) / stride), word(stride), word(bias != nullptr),
        word(static_cast<bool>(residual))},
       groups_for(elements(result), kThreads),
       18 * elements(result)});
}

void VulkanProgram::pool(Tensor x, RowCount height, int width, Grid out_grid, Tensor result) {
  dispatch({"pool",
            {kThreads},
            {in(x), out(result)},
            {word(height.max), word(height.is_step), word(x.cols), word(width),
             word(out_grid.height), word(out_grid.width)},
            groups_for(elements(result), kThreads),
            elements(x)});
}

void VulkanProgram::adaptive_avg_pool(Tensor x, Grid grid, Grid out_grid, Tensor result) {
  pool(x, {grid.height, false}, grid.width, out_grid, result);
}

void VulkanProgram::global_avg_pool(Tensor x, Tensor result) { pool(x, x.rows, 1, {1, 1}, result); }

}  // namespace galago::vulkan
