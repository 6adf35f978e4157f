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

/// "cpu", "reference", "vulkan" or "cuda" (the best GPU of that kind), or one of several GPUs by
/// its name: "vulkan:Mali-G610". Errors: kInvalidArgument.
Status check_device_id(std::string_view id);

/// "vulkan" of "vulkan:Mali-G610".
std::string_view device_kind(std::string_view id);

/// `id` as above. `threads` 0: one per physical core. The reference device is always exact. Errors:
/// kDevice (not in this build, not on this machine, or it computes wrongly), kInvalidArgument.
Result<std::unique_ptr<Device>> make_device(std::string_view id, int threads,
                                            Arithmetic arithmetic);

/// One that is there, as far as can be said without opening it.
struct FoundDevice {
  std::string id;  ///< for make_device: always with a GPU's name
  std::string kind;
  std::string name;          ///< of a GPU
  std::string driver;        ///< of a GPU, with its version
  bool is_software = false;  ///< a GPU's driver that computes on the processor
};

/// The processor first, then GPUs.
std::vector<FoundDevice> find_devices();

/// What `galago-cli devices` and the device chooser show.
struct AvailableDevice {
  std::string id;
  DeviceInfo info;
  bool is_available = false;
  std::string reason;  ///< why not, when it is not
};

/// Opens and checks each of them, which may take seconds.
std::vector<AvailableDevice> available_devices();

/// Bytes that are free for a model on a device that has memory of its own; nothing: it has the
/// processor's.
std::optional<std::uint64_t> device_free_memory(std::string_view id);

}  // namespace galago
