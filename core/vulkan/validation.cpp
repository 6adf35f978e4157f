// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/validation.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace galago::vulkan {

VkDebugUtilsMessengerCreateInfoEXT Validation::messenger_info() {
  VkDebugUtilsMessengerCreateInfoEXT info{};
  info.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT;
  info.messageSeverity = VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT |
                         VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
  // Not the general ones: loaders use them to tell about other programs' drivers.
  info.messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT |
                     VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT;
  info.pfnUserCallback = hear;
  info.pUserData = this;
  return info;
}

Status Validation::status() const {
  const std::lock_guard lock(mutex_);
  if (first_message_.empty()) return {};
  return Error{Errc::kDevice, "Vulkan validation: " + first_message_, {}};
}

VkBool32 Validation::hear(VkDebugUtilsMessageSeverityFlagBitsEXT /*severity*/,
                          VkDebugUtilsMessageTypeFlagsEXT /*types*/,
                          const VkDebugUtilsMessengerCallbackDataEXT* data, void* validation) {
  auto* self = static_cast<Validation*>(validation);
  const std::lock_guard lock(self->mutex_);
  if (self->first_message_.empty()) self->first_message_ = data->pMessage;
  return VK_FALSE;
}

bool has_validation_layer() {
  std::uint32_t count = 0;
  vkEnumerateInstanceLayerProperties(&count, nullptr);
  std::vector<VkLayerProperties> layers(count);
  vkEnumerateInstanceLayerProperties(&count, layers.data());
  return std::any_of(layers.begin(), layers.end(), [](const VkLayerProperties& layer) {
    return std::string_view(static_cast<const char*>(layer.layerName)) == Validation::kLayer;
  });
}

}  // namespace galago::vulkan
