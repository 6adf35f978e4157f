// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A GPU as a device, through Vulkan 1.1 and nothing optional: programs become command buffers that
// are recorded once, weights stay quantised in the GPU's memory.
#pragma once

#include <memory>

#include "device/device.h"
#include "vulkan/vulkan_options.h"

namespace galago {

/// The best GPU of this machine. Errors: kDevice (not in this build, no loader, no driver, no
/// device that is able), kOutOfMemory.
Result<std::unique_ptr<Device>> make_vulkan_device(const VulkanOptions& options = {});

}  // namespace galago
