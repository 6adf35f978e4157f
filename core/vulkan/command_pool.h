// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Command buffers with the pool they come from and the fence that tells when one is done. Each
// program has its own, so that nothing is shared but the queue.
#pragma once

#include <array>
#include <memory>
#include <utility>

#include "vulkan/gpu.h"

namespace galago::vulkan {

class CommandPool {
 public:
  static Result<std::unique_ptr<CommandPool>> create(std::shared_ptr<Gpu> gpu);

  CommandPool(const CommandPool&) = delete;
  CommandPool& operator=(const CommandPool&) = delete;
  ~CommandPool();

  Gpu& gpu() const { return *gpu_; }

  /// A new command buffer, ready to be recorded; `once`: it is submitted a single time.
  Result<VkCommandBuffer> begin(bool once = false);
  Status end(VkCommandBuffer commands);
  /// Hands the commands to the queue; wait() with the same slot, 0 or 1, waits for their end.
  Status submit(VkCommandBuffer commands, std::size_t slot);
  Status wait(std::size_t slot);

  /// Runs the commands to their end.
  Status run(VkCommandBuffer commands) {
    GALAGO_TRY(submit(commands, 0));
    return wait(0);
  }

  /// Frees a command buffer that has run.
  void free(VkCommandBuffer commands);

 private:
  explicit CommandPool(std::shared_ptr<Gpu> gpu) : gpu_(std::move(gpu)) {}

  std::shared_ptr<Gpu> gpu_;
  VkCommandPool pool_ = VK_NULL_HANDLE;
  std::array<VkFence, 2> fences_ = {VK_NULL_HANDLE, VK_NULL_HANDLE};
};

}  // namespace galago::vulkan
