// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/command_pool.h"

#include "vulkan/vulkan_error.h"

namespace galago::vulkan {

Result<std::unique_ptr<CommandPool>> CommandPool::create(std::shared_ptr<Gpu> gpu) {
  std::unique_ptr<CommandPool> pool(new CommandPool(std::move(gpu)));
  VkCommandPoolCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO;
  info.queueFamilyIndex = pool->gpu().queue_family();
  const VolkDeviceTable& api = pool->gpu().api();
  GALAGO_TRY(check(api.vkCreateCommandPool(pool->gpu().device(), &info, nullptr, &pool->pool_),
                   "make a command pool"));
  for (VkFence& fence : pool->fences_) {
    GALAGO_TRY(fence, pool->gpu().create_fence());
  }
  return pool;
}

CommandPool::~CommandPool() {
  for (VkFence fence : fences_) gpu_->api().vkDestroyFence(gpu_->device(), fence, nullptr);
  gpu_->api().vkDestroyCommandPool(gpu_->device(), pool_, nullptr);
}

Result<VkCommandBuffer> CommandPool::begin(bool once) {
  VkCommandBufferAllocateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO;
  info.commandPool = pool_;
  info.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  info.commandBufferCount = 1;
  VkCommandBuffer commands = VK_NULL_HANDLE;
  const VolkDeviceTable& api = gpu_->api();
  GALAGO_TRY(check(api.vkAllocateCommandBuffers(gpu_->device(), &info, &commands),
                   "make a command buffer"));
  VkCommandBufferBeginInfo begin{};
  begin.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
  if (once) begin.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  GALAGO_TRY(check(api.vkBeginCommandBuffer(commands, &begin), "record commands"));
  return commands;
}

Status CommandPool::end(VkCommandBuffer commands) {
  return check(gpu_->api().vkEndCommandBuffer(commands), "record commands");
}

Status CommandPool::submit(VkCommandBuffer commands, std::size_t slot) {
  return gpu_->submit(commands, fences_.at(slot));
}

Status CommandPool::wait(std::size_t slot) { return gpu_->wait(fences_.at(slot)); }

void CommandPool::free(VkCommandBuffer commands) {
  gpu_->api().vkFreeCommandBuffers(gpu_->device(), pool_, 1, &commands);
}

}  // namespace galago::vulkan
