// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "devices/device_registry.h"

#include <cstdlib>
#include <utility>

#include "cpu/cpu_device.h"
#include "cuda/cuda_device.h"
#include "devices/device_check.h"
#include "reference/reference_device.h"
#include "vulkan/vulkan_device.h"

namespace galago {
namespace {

/// Two variables serve tests: with GALAGO_VULKAN_VALIDATION what the validation layers say is an
/// error, with GALAGO_VULKAN_LOST_AFTER=N the GPU is lost after so many steps.
Result<std::unique_ptr<Device>> make_vulkan() {
  VulkanOptions options;
  options.validation = std::getenv("GALAGO_VULKAN_VALIDATION") != nullptr;
  if (const char* runs = std::getenv("GALAGO_VULKAN_LOST_AFTER"))
    options.lost_after = std::atoi(runs);
  return make_vulkan_device(options);
}

/// A GPU that computes rightly, or why not.
Result<std::unique_ptr<Device>> checked(Result<std::unique_ptr<Device>> device) {
  if (device) {
    GALAGO_TRY(check_device(**device));
  }
  return device;
}

Result<std::unique_ptr<Device>> make_device(std::string_view kind, int threads,
                                            Arithmetic arithmetic) {
  if (kind == "cpu")
    return make_cpu_device({.threads = threads, .isa = {}, .arithmetic = arithmetic});
  if (kind == "reference") return make_reference_device();
  if (kind == "vulkan") return checked(make_vulkan());
  if (kind == "cuda") return checked(make_cuda_device({arithmetic}));
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
  if (is_auto) chosen.reason = "a GPU is used only when asked for";
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
