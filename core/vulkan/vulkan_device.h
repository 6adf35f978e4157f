// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A GPU as a device, through Vulkan 1.1 and nothing optional: programs become command buffers that
// are recorded once, weights stay quantised in the GPU's memory.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "device/device.h"
#include "vulkan/vulkan_options.h"

namespace galago {

/// What there is to choose from.
struct VulkanGpu {
  std::string name;
  std::string driver;        ///< with its version
  bool is_software = false;  ///< a driver that computes on the processor
};

/// The best first; none of them is opened. Errors: kDevice (as below).
Result<std::vector<VulkanGpu>> find_vulkan_gpus();

/// The best GPU of this machine, or the one that is named. Errors: kDevice (not in this build, no
/// loader, no driver, no device that is able, none of that name), kOutOfMemory.
Result<std::unique_ptr<Device>> make_vulkan_device(const VulkanOptions& options = {});

}  // namespace galago
