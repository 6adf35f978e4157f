// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The devices this build and this machine have.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "device/arithmetic.h"
#include "device/device.h"

namespace galago {

struct ChosenDevice {
  std::unique_ptr<Device> device;
  std::string reason;  ///< why this one, when it was left to us
};

/// `kind`: "auto" or a device's kind. `threads` 0: one per physical core. The reference device is
/// always exact. Errors: kDevice (not in
/// this build, or not on this machine), kInvalidArgument (no such kind).
Result<ChosenDevice> choose_device(std::string_view kind, int threads, Arithmetic arithmetic);

/// What `galago-cli devices` and the device chooser show.
struct AvailableDevice {
  DeviceInfo info;
  bool is_available = false;
  std::string reason;  ///< why not, when it is not
};

std::vector<AvailableDevice> available_devices();

/// Bytes that are free for a model on a device that has memory of its own; nothing: it has the
/// processor's.
std::optional<std::uint64_t> device_free_memory(std::string_view kind);

}  // namespace galago
