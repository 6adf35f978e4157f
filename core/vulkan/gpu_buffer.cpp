// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/gpu_buffer.h"

#include <algorithm>
#include <optional>

#include "vulkan/vulkan_error.h"

namespace galago::vulkan {
namespace {

constexpr VkMemoryPropertyFlags kSeen =
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
/// Shaders read whole words, up to sixteen bytes of them, of the last element too.
constexpr std::size_t kGranule = 16;

/// The first type with all of `needed` and the most of `wished`.
std::optional<std::uint32_t> memory_type(const Gpu& gpu, std::uint32_t allowed,
                                         VkMemoryPropertyFlags needed,
                                         std::initializer_list<VkMemoryPropertyFlags> wishes) {
  const VkPhysicalDeviceMemoryProperties& memory = gpu.memory();
  for (const VkMemoryPropertyFlags wish : wishes) {
    const VkMemoryPropertyFlags flags = needed | wish;
    for (std::uint32_t i = 0; i < memory.memoryTypeCount; ++i)
      if ((allowed >> i & 1U) != 0 && (memory.memoryTypes[i].propertyFlags & flags) == flags)
        return i;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> memory_type(const Gpu& gpu, std::uint32_t allowed,
                                         Placement placement) {
  constexpr VkMemoryPropertyFlags kLocal = VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
  constexpr VkMemoryPropertyFlags kCached = VK_MEMORY_PROPERTY_HOST_CACHED_BIT;
  switch (placement) {
    case Placement::kHostWrite:
      return memory_type(gpu, allowed, kSeen, {kLocal, 0});
    case Placement::kHostRead:
      return memory_type(gpu, allowed, kSeen, {kCached, 0});
    case Placement::kDevice:
      // Of unified memory the host sees all: weights then take one copy, not two.
      if (gpu.limits().is_unified && !gpu.options().staging)
        return memory_type(gpu, allowed, 0, {kLocal | kSeen | kCached, kLocal | kSeen, kLocal, 0});
      return memory_type(gpu, allowed, 0, {kLocal, 0});
  }
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<GpuBuffer>> GpuBuffer::create(std::shared_ptr<Gpu> gpu, std::size_t size,
                                                     Placement placement) {
  std::unique_ptr<GpuBuffer> buffer(new GpuBuffer(std::move(gpu), size));
  GALAGO_TRY(buffer->allocate(placement));
  return buffer;
}

Status GpuBuffer::allocate(Placement placement) {
  const VolkDeviceTable& api = gpu_->api();
  if (size_ > (std::size_t{1} << 46)) return error_of(VK_ERROR_OUT_OF_DEVICE_MEMORY, {});
  VkBufferCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
  info.size = (std::max<std::size_t>(size_, 1) + kGranule - 1) / kGranule * kGranule;
  info.usage = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
               VK_BUFFER_USAGE_TRANSFER_DST_BIT;
  GALAGO_TRY(check(api.vkCreateBuffer(gpu_->device(), &info, nullptr, &buffer_), "make a buffer"));
  VkMemoryRequirements requirements{};
  api.vkGetBufferMemoryRequirements(gpu_->device(), buffer_, &requirements);
  const auto type = memory_type(*gpu_, requirements.memoryTypeBits, placement);
  if (!type) return Error{Errc::kDevice, "the GPU's driver offers no fitting memory", {}};
  VkMemoryAllocateInfo allocation{};
  allocation.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO;
  allocation.allocationSize = requirements.size;
  allocation.memoryTypeIndex = *type;
  GALAGO_TRY(check(api.vkAllocateMemory(gpu_->device(), &allocation, nullptr, &memory_),
                   "allocate memory"));
  GALAGO_TRY(check(api.vkBindBufferMemory(gpu_->device(), buffer_, memory_, 0), "bind memory"));
  const VkMemoryPropertyFlags flags = gpu_->memory().memoryTypes[*type].propertyFlags;
  const bool is_hidden =
      placement == Placement::kDevice && (gpu_->options().staging || !gpu_->limits().is_unified);
  if ((flags & kSeen) != kSeen || is_hidden) return {};
  void* address = nullptr;
  GALAGO_TRY(
      check(api.vkMapMemory(gpu_->device(), memory_, 0, VK_WHOLE_SIZE, 0, &address), "map memory"));
  mapped_ = static_cast<std::byte*>(address);
  return {};
}

GpuBuffer::~GpuBuffer() {
  const VolkDeviceTable& api = gpu_->api();
  api.vkDestroyBuffer(gpu_->device(), buffer_, nullptr);
  api.vkFreeMemory(gpu_->device(), memory_, nullptr);  // ends the mapping too
}

}  // namespace galago::vulkan
