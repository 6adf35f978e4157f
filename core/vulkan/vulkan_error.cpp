// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/vulkan_error.h"

#include <string>

namespace galago::vulkan {

Error error_of(VkResult result, std::string_view what) {
  switch (result) {
    case VK_ERROR_OUT_OF_DEVICE_MEMORY:
    case VK_ERROR_OUT_OF_HOST_MEMORY:
      return {
          Errc::kOutOfMemory,
          "the GPU has too little memory; use a shorter context, a smaller model or --device cpu",
          {}};
    case VK_ERROR_DEVICE_LOST:
      return {Errc::kDevice, "the GPU stopped answering: its driver was reset", {}};
    default:
      return {Errc::kDevice,
              "the GPU's driver failed to " + std::string(what) + " (Vulkan error " +
                  std::to_string(static_cast<int>(result)) + ")",
              {}};
  }
}

Status check(VkResult result, std::string_view what) {
  if (result == VK_SUCCESS) return {};
  return error_of(result, what);
}

}  // namespace galago::vulkan
