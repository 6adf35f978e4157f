// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// How the Vulkan device is opened; all but the name is for tests.
#pragma once

#include <cstddef>
#include <string>

namespace galago {

struct VulkanOptions {
  std::string name = {};    ///< of VulkanGpu; empty: the best
  bool validation = false;  ///< with the validation layers: their first message is an error
  bool subgroups = true;    ///< sums across subgroups where the device has them
  bool staging = false;     ///< as if the host could not see the device's memory
  int lost_after = 0;       ///< runs until the device is as if lost; 0: never
  /// Bytes a binding may span, if less than the device says; 0: as it says.
  std::size_t max_range = 0;
};

}  // namespace galago
