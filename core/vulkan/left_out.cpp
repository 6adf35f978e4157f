// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// In place of the Vulkan device where the build could not have it.
#include "vulkan/vulkan_device.h"

namespace galago {

Result<std::unique_ptr<Device>> make_vulkan_device(const VulkanOptions& /*options*/) {
  return Error{Errc::kDevice, "this build has no Vulkan: " GALAGO_VULKAN_MISSING, {}};
}

}  // namespace galago
