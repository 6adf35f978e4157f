// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Copies between the host and memory of the GPU: in place where the host sees that memory, else
// through a staging buffer.
#pragma once

#include <memory>
#include <span>

#include "vulkan/command_pool.h"
#include "vulkan/gpu_buffer.h"

namespace galago::vulkan {

class Transfer {
 public:
  static Result<std::unique_ptr<Transfer>> create(const std::shared_ptr<Gpu>& gpu);

  Status write(const GpuBuffer& to, std::size_t offset, std::span<const std::byte> bytes);
  Status read(const GpuBuffer& from, std::size_t offset, std::span<std::byte> bytes);
  /// All of the buffer becomes zero.
  Status clear(const GpuBuffer& buffer);

 private:
  Transfer() = default;

  Status copy(VkBuffer from, std::size_t from_offset, VkBuffer to, std::size_t to_offset,
              std::size_t size);
  Status end_and_run(VkCommandBuffer commands);
  Result<GpuBuffer*> staging();

  std::unique_ptr<CommandPool> commands_;
  std::shared_ptr<Gpu> gpu_;
  std::unique_ptr<GpuBuffer> staging_;  ///< made when it is first needed
};

}  // namespace galago::vulkan
