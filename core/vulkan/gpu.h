// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One GPU: its instance, the physical device that was chosen, the logical device and its queue, and
// the limits that everything recorded keeps to. Owned by all that lives on it.
#pragma once

#include <volk.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "vulkan/instance.h"
#include "vulkan/vulkan_options.h"

namespace galago::vulkan {

struct GpuLimits {
  std::size_t storage_range = 0;      ///< bytes that one binding may span
  std::size_t storage_alignment = 0;  ///< of a binding's offset
  std::uint32_t invocations = 0;      ///< of one workgroup
  std::uint32_t groups = 0;           ///< workgroups along x and y
  std::size_t shared_bytes = 0;       ///< of one workgroup
  std::uint32_t subgroup_size = 0;    ///< 0: sums across a subgroup are not offered
  bool is_unified = false;            ///< its memory is the host's
  bool is_software = false;           ///< a driver that computes on the processor
};

class Gpu {
 public:
  /// The best device of this machine, or that of the options' name. Errors: kDevice (no loader, no
  /// driver, no device that can, none of that name).
  static Result<std::shared_ptr<Gpu>> open(const VulkanOptions& options);

  Gpu(const Gpu&) = delete;
  Gpu& operator=(const Gpu&) = delete;
  ~Gpu();

  const GpuLimits& limits() const { return limits_; }

  const std::string& name() const { return name_; }

  /// "Vulkan 1.3, subgroups of 32": what of the device is used.
  std::string detail() const;

  VkDevice device() const { return device_; }

  const VolkDeviceTable& api() const { return api_; }

  const VkPhysicalDeviceMemoryProperties& memory() const { return memory_; }

  std::uint32_t queue_family() const { return queue_family_; }

  const VulkanOptions& options() const { return options_; }

  /// Errors: kDevice when the validation layers have said something.
  Status validation_status() const { return instance_->validation_status(); }

  Result<VkFence> create_fence();
  /// Hands command buffers to the queue. `fence` tells when they are done.
  Status submit(VkCommandBuffer commands, VkFence fence);
  /// Waits for the fence and resets it. Errors: kDevice (lost).
  Status wait(VkFence fence);

 private:
  explicit Gpu(const VulkanOptions& options) : options_(options) {}

  Status choose_physical_device();
  Status create_device();
  void read_limits(const VkPhysicalDeviceProperties& properties);

  VulkanOptions options_;
  std::unique_ptr<Instance> instance_;  // first: destroyed after the device
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  std::uint32_t queue_family_ = 0;
  VkDevice device_ = VK_NULL_HANDLE;
  VolkDeviceTable api_ = {};
  VkQueue queue_ = VK_NULL_HANDLE;
  VkPhysicalDeviceMemoryProperties memory_ = {};
  GpuLimits limits_;
  std::string name_;
  std::uint32_t api_version_ = 0;
  std::mutex mutex_;  ///< of the queue
};

}  // namespace galago::vulkan
