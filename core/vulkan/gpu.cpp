// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/gpu.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "vulkan/vulkan_error.h"

namespace galago::vulkan {

Result<std::shared_ptr<Gpu>> Gpu::open(const VulkanOptions& options) {
  std::shared_ptr<Gpu> gpu(new Gpu(options));
  GALAGO_TRY(gpu->instance_, Instance::open(options.validation));
  GALAGO_TRY(gpu->choose_physical_device());
  GALAGO_TRY(gpu->create_device());
  return gpu;
}

Gpu::~Gpu() {
  if (device_ != VK_NULL_HANDLE) api_.vkDestroyDevice(device_, nullptr);
}

Status Gpu::choose_physical_device() {
  GALAGO_TRY(std::vector<FoundGpu> gpus, instance_->find_gpus());
  const auto chosen = std::find_if(gpus.begin(), gpus.end(), [&](const FoundGpu& gpu) {
    return options_.name.empty() || gpu.name == options_.name;
  });
  if (chosen == gpus.end())
    return Error{
        Errc::kDevice, "this machine has no Vulkan device called '" + options_.name + "'", {}};
  physical_ = chosen->handle;
  queue_family_ = chosen->queue_family;
  name_ = std::move(chosen->name);
  api_version_ = chosen->properties.apiVersion;
  vkGetPhysicalDeviceMemoryProperties(physical_, &memory_);
  read_limits(chosen->properties);
  return {};
}

void Gpu::read_limits(const VkPhysicalDeviceProperties& properties) {
  const VkPhysicalDeviceLimits& limits = properties.limits;
  // Offsets within a binding are counted in 32 bits of words; two billion bytes are plenty.
  limits_.storage_range = std::min<std::size_t>(limits.maxStorageBufferRange, 0x7FFFFFFF);
  if (options_.max_range != 0)
    limits_.storage_range = std::min(limits_.storage_range, options_.max_range);
  limits_.storage_alignment = std::max<std::size_t>(limits.minStorageBufferOffsetAlignment, 16);
  limits_.invocations =
      std::min(limits.maxComputeWorkGroupInvocations, limits.maxComputeWorkGroupSize[0]);
  limits_.groups = std::min(limits.maxComputeWorkGroupCount[0], limits.maxComputeWorkGroupCount[1]);
  limits_.shared_bytes = limits.maxComputeSharedMemorySize;
  limits_.is_software = properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU;
  limits_.is_unified =
      limits_.is_software || properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU;
  VkPhysicalDeviceSubgroupProperties subgroups{};
  subgroups.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_PROPERTIES;
  VkPhysicalDeviceProperties2 all{};
  all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  all.pNext = &subgroups;
  vkGetPhysicalDeviceProperties2(physical_, &all);
  constexpr VkSubgroupFeatureFlags kNeeded =
      VK_SUBGROUP_FEATURE_BASIC_BIT | VK_SUBGROUP_FEATURE_ARITHMETIC_BIT;
  if (options_.subgroups && (subgroups.supportedStages & VK_SHADER_STAGE_COMPUTE_BIT) != 0 &&
      (subgroups.supportedOperations & kNeeded) == kNeeded)
    limits_.subgroup_size = subgroups.subgroupSize;
}

Status Gpu::create_device() {
  const float priority = 1;
  VkDeviceQueueCreateInfo queue{};
  queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  queue.queueFamilyIndex = queue_family_;
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  VkDeviceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  info.queueCreateInfoCount = 1;
  info.pQueueCreateInfos = &queue;
  GALAGO_TRY(check(vkCreateDevice(physical_, &info, nullptr, &device_), "open the device"));
  volkLoadDeviceTable(&api_, device_);
  api_.vkGetDeviceQueue(device_, queue_family_, 0, &queue_);
  return {};
}

std::string Gpu::detail() const {
  std::string text = "Vulkan " + std::to_string(VK_API_VERSION_MAJOR(api_version_)) + "." +
                     std::to_string(VK_API_VERSION_MINOR(api_version_));
  if (limits_.subgroup_size > 0) text += ", subgroups of " + std::to_string(limits_.subgroup_size);
  if (limits_.is_software) text += ", computed by the processor";
  return text;
}

Result<VkFence> Gpu::create_fence() {
  VkFenceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO;
  VkFence fence = VK_NULL_HANDLE;
  GALAGO_TRY(check(api_.vkCreateFence(device_, &info, nullptr, &fence), "make a fence"));
  return fence;
}

Status Gpu::submit(VkCommandBuffer commands, VkFence fence) {
  VkSubmitInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO;
  info.commandBufferCount = 1;
  info.pCommandBuffers = &commands;
  const std::lock_guard lock(mutex_);
  return check(api_.vkQueueSubmit(queue_, 1, &info, fence), "take commands");
}

Status Gpu::wait(VkFence fence) {
  GALAGO_TRY(check(api_.vkWaitForFences(device_, 1, &fence, VK_TRUE, UINT64_MAX), "finish"));
  GALAGO_TRY(check(api_.vkResetFences(device_, 1, &fence), "reset a fence"));
  return instance_->validation_status();
}

}  // namespace galago::vulkan
