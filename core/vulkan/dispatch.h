// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One dispatch of a shader, as a program keeps it: what it runs, what it reads and writes.
#pragma once

#include <volk.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "device/tensor.h"
#include "vulkan/gpu.h"
#include "vulkan/gpu_buffer.h"

namespace galago::vulkan {

/// A range of memory bound to a shader; of a scratch tensor `buffer` is null until recording ends.
struct Operand {
  VkBuffer buffer = VK_NULL_HANDLE;
  std::size_t offset = 0;  ///< bytes
  std::size_t size = 0;    ///< bytes; 0: nothing is bound
  bool is_written = false;
};

/// Arguments that follow the tensors' offsets in the push constants.
using Arguments = std::vector<std::uint32_t>;

struct Groups {
  std::uint32_t x = 1;
  std::uint32_t y = 1;
  std::uint32_t z = 1;
};

struct Dispatch {
  VkPipeline pipeline = VK_NULL_HANDLE;
  std::array<Operand, kTensorBindings> operands;
  std::vector<std::uint32_t> push;
  Groups groups;
  double work = 0;  ///< multiplications and additions, roughly: where to cut command buffers
};

}  // namespace galago::vulkan
