// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/instance.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "vulkan/vulkan_error.h"

namespace galago::vulkan {
namespace {

constexpr std::uint32_t kSmallestWorkgroup = 128;
constexpr std::uint32_t kSmallestShared = 16384;

/// Opens the loader, once for the process.
bool open_loader() {
  static const bool is_open = volkInitialize() == VK_SUCCESS;
  return is_open;
}

/// The higher, the sooner taken.
int rank(VkPhysicalDeviceType type) {
  switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
      return 4;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
      return 3;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
      return 2;
    case VK_PHYSICAL_DEVICE_TYPE_CPU:
      return 1;
    default:
      return 0;
  }
}

std::optional<std::uint32_t> compute_queue_family(VkPhysicalDevice device) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(device, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(device, &count, families.data());
  for (std::uint32_t i = 0; i < count; ++i)
    if ((families[i].queueFlags & VK_QUEUE_COMPUTE_BIT) != 0) return i;
  return std::nullopt;
}

bool is_able(const VkPhysicalDeviceProperties& properties) {
  const VkPhysicalDeviceLimits& limits = properties.limits;
  return properties.apiVersion >= VK_API_VERSION_1_1 &&
         limits.maxPerStageDescriptorStorageBuffers >= kBindings &&
         limits.maxComputeWorkGroupInvocations >= kSmallestWorkgroup &&
         limits.maxComputeSharedMemorySize >= kSmallestShared;
}

std::string driver_of(VkPhysicalDevice device, const VkPhysicalDeviceProperties& properties) {
  std::string text = std::to_string(properties.driverVersion);
  if (properties.apiVersion < VK_API_VERSION_1_2) return text;
  VkPhysicalDeviceDriverProperties driver{};
  driver.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES;
  VkPhysicalDeviceProperties2 all{};
  all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  all.pNext = &driver;
  vkGetPhysicalDeviceProperties2(device, &all);
  return std::string(static_cast<const char*>(driver.driverName)) + " " +
         static_cast<const char*>(driver.driverInfo) + " " + text;
}

/// Two cards of one kind are told apart by their order.
void tell_apart(std::vector<FoundGpu>& gpus) {
  for (std::size_t i = 0; i < gpus.size(); ++i) {
    const std::string name = static_cast<const char*>(gpus[i].properties.deviceName);
    const auto before = std::count_if(
        gpus.begin(), gpus.begin() + static_cast<std::ptrdiff_t>(i), [&](const FoundGpu& other) {
          return name == static_cast<const char*>(other.properties.deviceName);
        });
    gpus[i].name = before == 0 ? name : name + " #" + std::to_string(before + 1);
  }
}

}  // namespace

Result<std::unique_ptr<Instance>> Instance::open(bool validation) {
  if (!open_loader())
    return Error{Errc::kDevice, "this machine has no Vulkan loader (libvulkan.so.1)", {}};
  std::unique_ptr<Instance> instance(new Instance);
  GALAGO_TRY(instance->create(validation));
  return instance;
}

Instance::~Instance() {
  if (messenger_ != VK_NULL_HANDLE) destroy_messenger_(handle_, messenger_, nullptr);
  if (handle_ != VK_NULL_HANDLE) vkDestroyInstance(handle_, nullptr);
}

Status Instance::create(bool validation) {
  if (vkEnumerateInstanceVersion == nullptr)
    return Error{Errc::kDevice, "this machine's Vulkan is older than version 1.1", {}};
  VkApplicationInfo application{};
  application.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO;
  application.pApplicationName = "Galago";
  application.apiVersion = VK_API_VERSION_1_1;
  VkInstanceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
  info.pApplicationInfo = &application;
  const char* const layer = Validation::kLayer;
  const char* const extension = VK_EXT_DEBUG_UTILS_EXTENSION_NAME;
  const VkDebugUtilsMessengerCreateInfoEXT messenger = validation_.messenger_info();
  if (validation) {
    if (!has_validation_layer())
      return Error{Errc::kDevice, "Vulkan's validation layers are not installed", {}};
    info.pNext = &messenger;
    info.enabledLayerCount = 1;
    info.ppEnabledLayerNames = &layer;
    info.enabledExtensionCount = 1;
    info.ppEnabledExtensionNames = &extension;
  }
  const VkResult result = vkCreateInstance(&info, nullptr, &handle_);
  if (result == VK_ERROR_INCOMPATIBLE_DRIVER)
    return Error{Errc::kDevice, "this machine has no Vulkan driver", {}};
  GALAGO_TRY(check(result, "start"));
  static std::mutex volk;  // it keeps what it loads in global variables
  const std::lock_guard lock(volk);
  volkLoadInstanceOnly(handle_);
  if (validation) {
    destroy_messenger_ = vkDestroyDebugUtilsMessengerEXT;
    GALAGO_TRY(check(vkCreateDebugUtilsMessengerEXT(handle_, &messenger, nullptr, &messenger_),
                     "report what it finds"));
  }
  return {};
}

Result<std::vector<FoundGpu>> Instance::find_gpus() const {
  std::uint32_t count = 0;
  GALAGO_TRY(check(vkEnumeratePhysicalDevices(handle_, &count, nullptr), "list devices"));
  std::vector<VkPhysicalDevice> devices(count);
  GALAGO_TRY(check(vkEnumeratePhysicalDevices(handle_, &count, devices.data()), "list devices"));
  if (devices.empty()) return Error{Errc::kDevice, "this machine has no Vulkan device", {}};
  std::vector<FoundGpu> gpus;
  for (VkPhysicalDevice device : devices) {
    FoundGpu gpu;
    vkGetPhysicalDeviceProperties(device, &gpu.properties);
    const auto family = compute_queue_family(device);
    if (!family || !is_able(gpu.properties)) continue;
    gpu.handle = device;
    gpu.queue_family = *family;
    gpu.driver = driver_of(device, gpu.properties);
    gpus.push_back(std::move(gpu));
  }
  if (gpus.empty())
    return Error{Errc::kDevice,
                 "no Vulkan device of this machine can compute what is needed (Vulkan 1.1, " +
                     std::to_string(kBindings) + " storage buffers)",
                 {}};
  tell_apart(gpus);
  std::stable_sort(gpus.begin(), gpus.end(), [](const FoundGpu& a, const FoundGpu& b) {
    return rank(a.properties.deviceType) > rank(b.properties.deviceType);
  });
  return gpus;
}

}  // namespace galago::vulkan
