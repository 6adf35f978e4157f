// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "devices/device_registry.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "cpu/cpu_device.h"
#include "cuda/cuda_device.h"
#include "devices/device_check.h"
#include "reference/reference_device.h"
#include "vulkan/vulkan_device.h"

namespace galago {
namespace {

/// Of a GPU; empty where the id names none.
std::string name_in(std::string_view id) {
  const auto colon = id.find(':');
  return colon == std::string_view::npos ? std::string() : std::string(id.substr(colon + 1));
}

/// Two variables serve tests: with GALAGO_VULKAN_VALIDATION what the validation layers say is an
/// error, with GALAGO_VULKAN_LOST_AFTER=N the GPU is lost after so many steps.
Result<std::unique_ptr<Device>> make_vulkan(std::string name) {
  VulkanOptions options;
  options.name = std::move(name);
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

FoundDevice found_gpu(const char* kind, const std::string& name, const std::string& driver,
                      bool is_software) {
  return {kind + (":" + name), kind, name, driver, is_software};
}

}  // namespace

Status check_device_id(std::string_view id) {
  const std::string_view kind = device_kind(id);
  const bool is_gpu = kind == "vulkan" || kind == "cuda";
  if (is_gpu || id == "cpu" || id == "reference") return {};
  return Error{Errc::kInvalidArgument, "there is no device called '" + std::string(id) + "'", {}};
}

std::string_view device_kind(std::string_view id) { return id.substr(0, id.find(':')); }

Result<std::unique_ptr<Device>> make_device(std::string_view id, int threads,
                                            Arithmetic arithmetic) {
  GALAGO_TRY(check_device_id(id));
  const std::string_view kind = device_kind(id);
  if (kind == "cpu")
    return make_cpu_device({.threads = threads, .isa = {}, .arithmetic = arithmetic});
  if (kind == "reference") return make_reference_device();
  if (kind == "vulkan") return checked(make_vulkan(name_in(id)));
  return checked(make_cuda_device({arithmetic, name_in(id)}));
}

std::vector<FoundDevice> find_devices() {
  std::vector<FoundDevice> devices = {{"cpu", "cpu", {}, {}, false}};
  if (const auto gpus = find_vulkan_gpus())
    for (const VulkanGpu& gpu : *gpus)
      devices.push_back(found_gpu("vulkan", gpu.name, gpu.driver, gpu.is_software));
  if (const auto gpus = find_cuda_gpus())
    for (const CudaGpu& gpu : *gpus)
      devices.push_back(found_gpu("cuda", gpu.name, gpu.driver, false));
  return devices;
}

std::vector<AvailableDevice> available_devices() {
  std::vector<FoundDevice> found = find_devices();
  // A kind that is not there says why when it is asked for.
  for (const char* kind : {"vulkan", "cuda"}) {
    const bool is_there = std::any_of(
        found.begin(), found.end(), [&](const FoundDevice& device) { return device.kind == kind; });
    if (!is_there) found.push_back({kind, kind, {}, {}, false});
  }
  std::vector<AvailableDevice> devices;
  for (const FoundDevice& one : found) {
    auto device = make_device(one.id, 0, Arithmetic::kFast);
    if (device) {
      devices.push_back({one.id, (*device)->info(), true, {}});
    } else {
      devices.push_back({one.id, {one.kind, one.name, {}, 0}, false, device.error().message()});
    }
  }
  return devices;
}

std::optional<std::uint64_t> device_free_memory(std::string_view id) {
  if (device_kind(id) == "cuda") return cuda_free_memory(name_in(id));
  return {};
}

}  // namespace galago
