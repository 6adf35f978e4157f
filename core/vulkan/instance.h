// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Vulkan's instance: the loader, the validation layers when asked for, and the GPUs it shows.
#pragma once

#include <volk.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "vulkan/validation.h"

namespace galago::vulkan {

/// Storage buffers that one shader sees: six tensors and the step's parameters.
inline constexpr std::uint32_t kTensorBindings = 6;
inline constexpr std::uint32_t kBindings = kTensorBindings + 1;

/// A GPU that can compute what is needed.
struct FoundGpu {
  VkPhysicalDevice handle = VK_NULL_HANDLE;
  std::uint32_t queue_family = 0;
  VkPhysicalDeviceProperties properties{};
  std::string name;    ///< of two that are called the same, the second ends in " #2"
  std::string driver;  ///< with its version
};

class Instance {
 public:
  /// Errors: kDevice (no loader, no driver, validation layers asked for and not installed).
  static Result<std::unique_ptr<Instance>> open(bool validation);

  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance();

  /// The best first. Errors: kDevice (none that can).
  Result<std::vector<FoundGpu>> find_gpus() const;

  /// Errors: kDevice when the validation layers have said something.
  Status validation_status() const { return validation_.status(); }

 private:
  Instance() = default;

  Status create(bool validation);

  Validation validation_;
  VkInstance handle_ = VK_NULL_HANDLE;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
  // Kept: opening another instance, without this extension, makes volk forget it.
  PFN_vkDestroyDebugUtilsMessengerEXT destroy_messenger_ = nullptr;
};

}  // namespace galago::vulkan
