// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "devices/device_registry.h"

#include <utility>

#include "cpu/cpu_device.h"
#include "cuda/cuda_device.h"
#include "reference/reference_device.h"

namespace galago {
namespace {

// Vulkan joins here.
constexpr const char* kNoGpu = "this version computes on the CPU only";

Result<std::unique_ptr<Device>> make_device(std::string_view kind, int threads,
                                            Arithmetic arithmetic) {
  if (kind == "cpu")
    return make_cpu_device({.threads = threads, .isa = {}, .arithmetic = arithmetic});
  if (kind == "reference") return make_reference_device();
  if (kind == "cuda") return make_cuda_device({arithmetic});
  if (kind == "vulkan") return Error{Errc::kDevice, kNoGpu, {}};
  return Error{Errc::kInvalidArgument, "there is no device called '" + std::string(kind) + "'", {}};
}

}  // namespace

Result<ChosenDevice> choose_device(std::string_view kind, int threads, Arithmetic arithmetic) {
  const bool is_auto = kind == "auto" || kind.empty();
  ChosenDevice chosen;
  auto device = make_device(is_auto ? "cpu" : kind, threads, arithmetic);
  if (!device) {
    Error error = std::move(device).error();
    if (error.code == Errc::kDevice) error.detail += "; use --device cpu";
    return error;
  }
  chosen.device = *std::move(device);
  if (is_auto) chosen.reason = kNoGpu;
  return chosen;
}

std::vector<AvailableDevice> available_devices() {
  std::vector<AvailableDevice> devices;
  for (const std::string_view kind : {"cpu", "vulkan", "cuda"}) {
    auto device = make_device(kind, 0, Arithmetic::kFast);
    if (device) {
      devices.push_back({(*device)->info(), true, {}});
    } else {
      devices.push_back({{std::string(kind), {}, {}, 0}, false, device.error().message()});
    }
  }
  return devices;
}

std::optional<std::uint64_t> device_free_memory(std::string_view kind) {
  if (kind == "cuda") return cuda_free_memory();
  return {};
}

}  // namespace galago
