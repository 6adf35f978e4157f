// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The validation layers, for tests: every message is kept, and the device turns the first one into
// an error.
#pragma once

#include <volk.h>

#include <mutex>
#include <string>

#include "base/result.h"

namespace galago::vulkan {

class Validation {
 public:
  static constexpr const char* kLayer = "VK_LAYER_KHRONOS_validation";

  Validation() = default;
  Validation(const Validation&) = delete;
  Validation& operator=(const Validation&) = delete;

  /// What an instance is created with, so that its own creation is watched too.
  VkDebugUtilsMessengerCreateInfoEXT messenger_info();

  /// Errors: kDevice with the first message, if there was one.
  Status status() const;

 private:
  static VKAPI_ATTR VkBool32 VKAPI_CALL hear(VkDebugUtilsMessageSeverityFlagBitsEXT severity,
                                             VkDebugUtilsMessageTypeFlagsEXT types,
                                             const VkDebugUtilsMessengerCallbackDataEXT* data,
                                             void* validation);

  mutable std::mutex mutex_;  ///< drivers may speak from threads of their own
  std::string first_message_;
};

/// Whether the layers are installed.
bool has_validation_layer();

}  // namespace galago::vulkan
