// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// In place of the Vulkan device where the build could not have it.
#include "vulkan/vulkan_device.h"

namespace galago {

namespace {

Error left_out() { return {Errc::kDevice, "this build has no Vulkan: " GALAGO_VULKAN_MISSING, {}}; }

}  // namespace

Result<std::vector<VulkanGpu>> find_vulkan_gpus() { return left_out(); }

Result<std::unique_ptr<Device>> make_vulkan_device(const VulkanOptions& /*options*/) {
  return left_out();
}

}  // namespace galago
