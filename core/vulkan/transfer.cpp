// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/transfer.h"

#include <algorithm>
#include <cstring>

namespace galago::vulkan {
namespace {

constexpr std::size_t kStagingBytes = std::size_t{8} << 20;

}  // namespace

Result<std::unique_ptr<Transfer>> Transfer::create(const std::shared_ptr<Gpu>& gpu) {
  std::unique_ptr<Transfer> transfer(new Transfer);
  transfer->gpu_ = gpu;
  GALAGO_TRY(transfer->commands_, CommandPool::create(gpu));
  return transfer;
}

Result<GpuBuffer*> Transfer::staging() {
  if (!staging_) {
    GALAGO_TRY(staging_, GpuBuffer::create(gpu_, kStagingBytes, Placement::kHostRead));
  }
  return staging_.get();
}

Status Transfer::write(const GpuBuffer& to, std::size_t offset, std::span<const std::byte> bytes) {
  if (bytes.empty()) return {};
  if (to.mapped() != nullptr) {
    std::memcpy(to.mapped() + offset, bytes.data(), bytes.size());
    return {};
  }
  GALAGO_TRY(GpuBuffer * stage, staging());
  for (std::size_t done = 0; done < bytes.size(); done += kStagingBytes) {
    const std::size_t size = std::min(kStagingBytes, bytes.size() - done);
    std::memcpy(stage->mapped(), bytes.data() + done, size);
    GALAGO_TRY(copy(stage->handle(), 0, to.handle(), offset + done, size));
  }
  return {};
}

Status Transfer::read(const GpuBuffer& from, std::size_t offset, std::span<std::byte> bytes) {
  if (bytes.empty()) return {};
  if (from.mapped() != nullptr) {
    std::memcpy(bytes.data(), from.mapped() + offset, bytes.size());
    return {};
  }
  GALAGO_TRY(GpuBuffer * stage, staging());
  for (std::size_t done = 0; done < bytes.size(); done += kStagingBytes) {
    const std::size_t size = std::min(kStagingBytes, bytes.size() - done);
    GALAGO_TRY(copy(from.handle(), offset + done, stage->handle(), 0, size));
    std::memcpy(bytes.data() + done, stage->mapped(), size);
  }
  return {};
}

Status Transfer::clear(const GpuBuffer& buffer) {
  if (buffer.mapped() != nullptr) {
    std::memset(buffer.mapped(), 0, buffer.size_bytes());
    return {};
  }
  GALAGO_TRY(VkCommandBuffer commands, commands_->begin(true));
  gpu_->api().vkCmdFillBuffer(commands, buffer.handle(), 0, VK_WHOLE_SIZE, 0);
  return end_and_run(commands);
}

Status Transfer::copy(VkBuffer from, std::size_t from_offset, VkBuffer to, std::size_t to_offset,
                      std::size_t size) {
  GALAGO_TRY(VkCommandBuffer commands, commands_->begin(true));
  const VkBufferCopy region{from_offset, to_offset, size};
  gpu_->api().vkCmdCopyBuffer(commands, from, to, 1, &region);
  return end_and_run(commands);
}

Status Transfer::end_and_run(VkCommandBuffer commands) {
  // For the host, and for what the queue is given next.
  VkMemoryBarrier barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER;
  barrier.srcAccessMask = VK_ACCESS_TRANSFER_WRITE_BIT;
  barrier.dstAccessMask = VK_ACCESS_HOST_READ_BIT | VK_ACCESS_SHADER_READ_BIT |
                          VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_READ_BIT |
                          VK_ACCESS_TRANSFER_WRITE_BIT;
  gpu_->api().vkCmdPipelineBarrier(commands, VK_PIPELINE_STAGE_TRANSFER_BIT,
                                   VK_PIPELINE_STAGE_HOST_BIT |
                                       VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT |
                                       VK_PIPELINE_STAGE_TRANSFER_BIT,
                                   0, 1, &barrier, 0, nullptr, 0, nullptr);
  GALAGO_TRY(commands_->end(commands));
  GALAGO_TRY(commands_->run(commands));
  commands_->free(commands);
  return {};
}

}  // namespace galago::vulkan
