// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/gpu.h"

#include <algorithm>
#include <optional>
#include <vector>

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

}  // namespace

Result<std::shared_ptr<Gpu>> Gpu::open(const VulkanOptions& options) {
  if (!open_loader())
    return Error{Errc::kDevice, "this machine has no Vulkan loader (libvulkan.so.1)", {}};
  std::shared_ptr<Gpu> gpu(new Gpu(options));
  GALAGO_TRY(gpu->create_instance());
  GALAGO_TRY(gpu->choose_physical_device());
  GALAGO_TRY(gpu->create_device());
  return gpu;
}

Gpu::~Gpu() {
  if (device_ != VK_NULL_HANDLE) api_.vkDestroyDevice(device_, nullptr);
  if (messenger_ != VK_NULL_HANDLE) vkDestroyDebugUtilsMessengerEXT(instance_, messenger_, nullptr);
  if (instance_ != VK_NULL_HANDLE) vkDestroyInstance(instance_, nullptr);
}

Status Gpu::create_instance() {
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
  if (options_.validation) {
    if (!has_validation_layer())
      return Error{Errc::kDevice, "Vulkan's validation layers are not installed", {}};
    info.pNext = &messenger;
    info.enabledLayerCount = 1;
    info.ppEnabledLayerNames = &layer;
    info.enabledExtensionCount = 1;
    info.ppEnabledExtensionNames = &extension;
  }
  const VkResult result = vkCreateInstance(&info, nullptr, &instance_);
  if (result == VK_ERROR_INCOMPATIBLE_DRIVER)
    return Error{Errc::kDevice, "this machine has no Vulkan driver", {}};
  GALAGO_TRY(check(result, "start"));
  volkLoadInstanceOnly(instance_);
  if (options_.validation) {
    GALAGO_TRY(check(vkCreateDebugUtilsMessengerEXT(instance_, &messenger, nullptr, &messenger_),
                     "report what it finds"));
  }
  return {};
}

Status Gpu::choose_physical_device() {
  std::uint32_t count = 0;
  GALAGO_TRY(check(vkEnumeratePhysicalDevices(instance_, &count, nullptr), "list devices"));
  std::vector<VkPhysicalDevice> devices(count);
  GALAGO_TRY(check(vkEnumeratePhysicalDevices(instance_, &count, devices.data()), "list devices"));
  if (devices.empty()) return Error{Errc::kDevice, "this machine has no Vulkan device", {}};
  VkPhysicalDeviceProperties chosen{};
  for (VkPhysicalDevice device : devices) {
    VkPhysicalDeviceProperties properties{};
    vkGetPhysicalDeviceProperties(device, &properties);
    const auto family = compute_queue_family(device);
    if (!family || !is_able(properties)) continue;
    if (physical_ != VK_NULL_HANDLE && rank(properties.deviceType) <= rank(chosen.deviceType))
      continue;
    physical_ = device;
    queue_family_ = *family;
    chosen = properties;
  }
  if (physical_ == VK_NULL_HANDLE)
    return Error{Errc::kDevice,
                 "no Vulkan device of this machine can compute what is needed (Vulkan 1.1, " +
                     std::to_string(kBindings) + " storage buffers)",
                 {}};
  name_ = static_cast<const char*>(chosen.deviceName);
  api_version_ = chosen.apiVersion;
  vkGetPhysicalDeviceMemoryProperties(physical_, &memory_);
  read_limits(chosen);
  return {};
}

void Gpu::read_limits(const VkPhysicalDeviceProperties& properties) {
  const VkPhysicalDeviceLimits& limits = properties.limits;
  // Offsets within a binding are counted in 32 bits of words; two billion bytes are plenty.
  limits_.storage_range = std::min<std::size_t>(limits.maxStorageBufferRange, 0x7FFFFFFF);
  if (options_.max_range != 0)
    limits_.storage_range = std::min(limits_.storage_range, options_.max_range);
  limits_.storage_alignment = std::max<std::size_t>(limits.minStorageBufferOffsetAlignment, 16);
  limits_.invocations =
      std::min(limits.maxComputeWorkGroupInvocations, limits.maxComputeWorkGroupSize[0]);
  limits_.groups = std::min(limits.maxComputeWorkGroupCount[0], limits.maxComputeWorkGroupCount[1]);
  limits_.shared_bytes = limits.maxComputeSharedMemorySize;
  limits_.is_software = properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU;
  limits_.is_unified =
      limits_.is_software || properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU;
  VkPhysicalDeviceSubgroupProperties subgroups{};
  subgroups.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_PROPERTIES;
  VkPhysicalDeviceProperties2 all{};
  all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  all.pNext = &subgroups;
  vkGetPhysicalDeviceProperties2(physical_, &all);
  constexpr VkSubgroupFeatureFlags kNeeded =
      VK_SUBGROUP_FEATURE_BASIC_BIT | VK_SUBGROUP_FEATURE_ARITHMETIC_BIT;
  if (options_.subgroups && (subgroups.supportedStages & VK_SHADER_STAGE_COMPUTE_BIT) != 0 &&
      (subgroups.supportedOperations & kNeeded) == kNeeded)
    limits_.subgroup_size = subgroups.subgroupSize;
}

Status Gpu::create_device() {
  const float priority = 1;
  VkDeviceQueueCreateInfo queue{};
  queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  queue.queueFamilyIndex = queue_family_;
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  VkDeviceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  info.queueCreateInfoCount = 1;
  info.pQueueCreateInfos = &queue;
  GALAGO_TRY(check(vkCreateDevice(physical_, &info, nullptr, &device_), "open the device"));
  volkLoadDeviceTable(&api_, device_);
  api_.vkGetDeviceQueue(device_, queue_family_, 0, &queue_);
  return {};
}

std::string Gpu::detail() const {
  std::string text = "Vulkan " + std::to_string(VK_API_VERSION_MAJOR(api_version_)) + "." +
                     std::to_string(VK_API_VERSION_MINOR(api_version_));
  if (limits_.subgroup_size > 0) text += ", subgroups of " + std::to_string(limits_.subgroup_size);
  if (limits_.is_software) text += ", computed by the processor";
  return text;
}

Result<VkFence> Gpu::create_fence() {
  VkFenceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO;
  VkFence fence = VK_NULL_HANDLE;
  GALAGO_TRY(check(api_.vkCreateFence(device_, &info, nullptr, &fence), "make a fence"));
  return fence;
}

Status Gpu::submit(VkCommandBuffer commands, VkFence fence) {
  VkSubmitInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO;
  info.commandBufferCount = 1;
  info.pCommandBuffers = &commands;
  const std::lock_guard lock(mutex_);
  return check(api_.vkQueueSubmit(queue_, 1, &info, fence), "take commands");
}

Status Gpu::wait(VkFence fence) {
  GALAGO_TRY(check(api_.vkWaitForFences(device_, 1, &fence, VK_TRUE, UINT64_MAX), "finish"));
  GALAGO_TRY(check(api_.vkResetFences(device_, 1, &fence), "reset a fence"));
  return validation_.status();
}

}  // namespace galago::vulkan
