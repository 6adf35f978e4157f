// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a Vulkan call answered, as this program's errors. Vulkan's functions come from volk.
#pragma once

#include <volk.h>

#include <string_view>

#include "base/result.h"

namespace galago::vulkan {

/// An error for `what`, which Vulkan answered with `result`: kOutOfMemory or kDevice.
Error error_of(VkResult result, std::string_view what);

/// Success, or error_of().
Status check(VkResult result, std::string_view what);

}  // namespace galago::vulkan
