// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/pipelines.h"

#include <array>

#include "base/assert.h"
#include "vulkan/shader_table.h"
#include "vulkan/vulkan_error.h"

namespace galago::vulkan {

Result<std::unique_ptr<Pipelines>> Pipelines::create(std::shared_ptr<Gpu> gpu) {
  std::unique_ptr<Pipelines> pipelines(new Pipelines(std::move(gpu)));
  GALAGO_TRY(pipelines->create_layouts());
  return pipelines;
}

Status Pipelines::create_layouts() {
  std::array<VkDescriptorSetLayoutBinding, kBindings> bindings{};
  for (std::uint32_t i = 0; i < kBindings; ++i) {
    bindings[i].binding = i;
    bindings[i].descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
    bindings[i].descriptorCount = 1;
    bindings[i].stageFlags = VK_SHADER_STAGE_COMPUTE_BIT;
  }
  VkDescriptorSetLayoutCreateInfo set{};
  set.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO;
  set.bindingCount = kBindings;
  set.pBindings = bindings.data();
  const VolkDeviceTable& api = gpu_->api();
  GALAGO_TRY(check(api.vkCreateDescriptorSetLayout(gpu_->device(), &set, nullptr, &set_layout_),
                   "make a layout"));
  const VkPushConstantRange push{VK_SHADER_STAGE_COMPUTE_BIT, 0, kPushBytes};
  VkPipelineLayoutCreateInfo layout{};
  layout.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
  layout.setLayoutCount = 1;
  layout.pSetLayouts = &set_layout_;
  layout.pushConstantRangeCount = 1;
  layout.pPushConstantRanges = &push;
  return check(api.vkCreatePipelineLayout(gpu_->device(), &layout, nullptr, &layout_),
               "make a layout");
}

Pipelines::~Pipelines() {
  const VolkDeviceTable& api = gpu_->api();
  for (const auto& [key, pipeline] : pipelines_)
    api.vkDestroyPipeline(gpu_->device(), pipeline, nullptr);
  api.vkDestroyPipelineLayout(gpu_->device(), layout_, nullptr);
  api.vkDestroyDescriptorSetLayout(gpu_->device(), set_layout_, nullptr);
}

Result<VkPipeline> Pipelines::get(std::string_view shader,
                                  const std::vector<std::uint32_t>& constants) {
  const std::lock_guard lock(mutex_);
  Key key(shader, constants);
  const auto found = pipelines_.find(key);
  if (found != pipelines_.end()) return found->second;
  GALAGO_TRY(VkPipeline pipeline, compile(shader, constants));
  pipelines_.emplace(std::move(key), pipeline);
  return pipeline;
}

Result<VkPipeline> Pipelines::compile(std::string_view shader,
                                      const std::vector<std::uint32_t>& constants) {
  const auto code = shader_code(shader);
  GALAGO_ASSERT(!code.empty());
  VkShaderModuleCreateInfo module_info{};
  module_info.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
  module_info.codeSize = code.size_bytes();
  module_info.pCode = code.data();
  const VolkDeviceTable& api = gpu_->api();
  VkShaderModule module = VK_NULL_HANDLE;
  GALAGO_TRY(check(api.vkCreateShaderModule(gpu_->device(), &module_info, nullptr, &module),
                   "take a shader"));
  std::vector<VkSpecializationMapEntry> entries;
  for (std::uint32_t i = 0; i < constants.size(); ++i)
    entries.push_back({i, i * 4, sizeof(std::uint32_t)});
  const VkSpecializationInfo specialisation{static_cast<std::uint32_t>(entries.size()),
                                            entries.data(), constants.size() * 4, constants.data()};
  VkComputePipelineCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO;
  info.stage.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
  info.stage.stage = VK_SHADER_STAGE_COMPUTE_BIT;
  info.stage.module = module;
  info.stage.pName = "main";
  info.stage.pSpecializationInfo = &specialisation;
  info.layout = layout_;
  VkPipeline pipeline = VK_NULL_HANDLE;
  const VkResult result =
      api.vkCreateComputePipelines(gpu_->device(), VK_NULL_HANDLE, 1, &info, nullptr, &pipeline);
  api.vkDestroyShaderModule(gpu_->device(), module, nullptr);
  GALAGO_TRY(check(result, "compile the shader " + std::string(shader)));
  return pipeline;
}

}  // namespace galago::vulkan
