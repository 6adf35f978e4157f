// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Memory of the GPU.
#pragma once

#include <cstddef>
#include <memory>

#include "device/tensor.h"
#include "vulkan/gpu.h"

namespace galago::vulkan {

/// Who touches the memory between steps.
enum class Placement {
  kDevice,     ///< nobody, or rarely: the GPU's own memory, wherever the host can see it or not
  kHostWrite,  ///< the host writes a little for each step
  kHostRead,   ///< the host reads results after each step
};

class GpuBuffer final : public Buffer {
 public:
  /// Not filled. Errors: kOutOfMemory, kDevice.
  static Result<std::unique_ptr<GpuBuffer>> create(std::shared_ptr<Gpu> gpu, std::size_t size,
                                                   Placement placement);
  ~GpuBuffer() override;

  std::size_t size_bytes() const override { return size_; }

  VkBuffer handle() const { return buffer_; }

  /// The memory as the host sees it, coherently; nullptr where it does not.
  std::byte* mapped() const { return mapped_; }

 private:
  GpuBuffer(std::shared_ptr<Gpu> gpu, std::size_t size) : gpu_(std::move(gpu)), size_(size) {}

  Status allocate(Placement placement);

  std::shared_ptr<Gpu> gpu_;
  std::size_t size_;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  VkDeviceMemory memory_ = VK_NULL_HANDLE;
  std::byte* mapped_ = nullptr;
};

}  // namespace galago::vulkan
