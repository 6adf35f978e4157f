// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Compute pipelines, made when a program first needs them and kept. All shaders have the same
// interface: kBindings storage buffers and 128 bytes of push constants.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vulkan/gpu.h"

namespace galago::vulkan {

class Pipelines {
 public:
  static constexpr std::uint32_t kPushBytes = 128;  // what every device has

  static Result<std::unique_ptr<Pipelines>> create(std::shared_ptr<Gpu> gpu);

  Pipelines(const Pipelines&) = delete;
  Pipelines& operator=(const Pipelines&) = delete;
  ~Pipelines();

  VkPipelineLayout layout() const { return layout_; }

  VkDescriptorSetLayout set_layout() const { return set_layout_; }

  /// The shader with its specialisation constants, by constant_id from 0 on; the first is always
  /// the workgroup's size.
  Result<VkPipeline> get(std::string_view shader, const std::vector<std::uint32_t>& constants);

 private:
  explicit Pipelines(std::shared_ptr<Gpu> gpu) : gpu_(std::move(gpu)) {}

  Status create_layouts();
  Result<VkPipeline> compile(std::string_view shader, const std::vector<std::uint32_t>& constants);

  using Key = std::pair<std::string, std::vector<std::uint32_t>>;

  std::shared_ptr<Gpu> gpu_;
  VkDescriptorSetLayout set_layout_ = VK_NULL_HANDLE;
  VkPipelineLayout layout_ = VK_NULL_HANDLE;
  std::mutex mutex_;
  std::map<Key, VkPipeline> pipelines_;
};

}  // namespace galago::vulkan
