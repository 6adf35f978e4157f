// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/program_commands.h"

#include <algorithm>
#include <array>

#include "vulkan/hazards.h"
#include "vulkan/vulkan_error.h"

namespace galago::vulkan {
namespace {

/// A token of the largest model that phones and boards run is one submission; a picture is tens.
constexpr double kSegmentWork = 2e10;

void add_barrier(const VolkDeviceTable& api, VkCommandBuffer commands, VkAccessFlags access,
                 VkPipelineStageFlags stages) {
  VkMemoryBarrier barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER;
  barrier.srcAccessMask = VK_ACCESS_SHADER_WRITE_BIT;
  barrier.dstAccessMask = access;
  api.vkCmdPipelineBarrier(commands, VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT, stages, 0, 1, &barrier,
                           0, nullptr, 0, nullptr);
}

constexpr VkAccessFlags kShaderAccess = VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_SHADER_WRITE_BIT;

}  // namespace

Result<std::unique_ptr<ProgramCommands>> ProgramCommands::create(std::shared_ptr<Gpu> gpu,
                                                                 const Pipelines& pipelines,
                                                                 std::vector<Dispatch> dispatches,
                                                                 const GpuBuffer& step_params) {
  std::unique_ptr<ProgramCommands> commands(
      new ProgramCommands(gpu, pipelines, std::move(dispatches)));
  GALAGO_TRY(commands->pool_, CommandPool::create(std::move(gpu)));
  GALAGO_TRY(commands->make_descriptors(step_params));
  return commands;
}

ProgramCommands::~ProgramCommands() {
  gpu_->api().vkDestroyDescriptorPool(gpu_->device(), descriptor_pool_, nullptr);
}

Status ProgramCommands::make_descriptors(const GpuBuffer& step_params) {
  if (dispatches_.empty()) return {};
  const auto count = static_cast<std::uint32_t>(dispatches_.size());
  const VkDescriptorPoolSize size{VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, count * kBindings};
  VkDescriptorPoolCreateInfo pool{};
  pool.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO;
  pool.maxSets = count;
  pool.poolSizeCount = 1;
  pool.pPoolSizes = &size;
  const VolkDeviceTable& api = gpu_->api();
  GALAGO_TRY(check(api.vkCreateDescriptorPool(gpu_->device(), &pool, nullptr, &descriptor_pool_),
                   "make descriptors"));
  const std::vector<VkDescriptorSetLayout> layouts(count, pipelines_.set_layout());
  VkDescriptorSetAllocateInfo allocation{};
  allocation.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO;
  allocation.descriptorPool = descriptor_pool_;
  allocation.descriptorSetCount = count;
  allocation.pSetLayouts = layouts.data();
  sets_.resize(count);
  GALAGO_TRY(check(api.vkAllocateDescriptorSets(gpu_->device(), &allocation, sets_.data()),
                   "make descriptors"));
  for (std::size_t i = 0; i < dispatches_.size(); ++i) {
    std::array<VkDescriptorBufferInfo, kBindings> infos{};
    // What a shader does not use is bound all the same: its layout is everyone's.
    infos.fill({step_params.handle(), 0, VK_WHOLE_SIZE});
    for (std::size_t b = 0; b < kTensorBindings; ++b) {
      const Operand& operand = dispatches_[i].operands[b];
      if (operand.size > 0) infos[b] = {operand.buffer, operand.offset, operand.size};
    }
    VkWriteDescriptorSet write{};
    write.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
    write.dstSet = sets_[i];
    write.descriptorCount = kBindings;
    write.descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
    write.pBufferInfo = infos.data();
    api.vkUpdateDescriptorSets(gpu_->device(), 1, &write, 0, nullptr);
  }
  return {};
}

Result<std::vector<Segment>> ProgramCommands::record(std::span<const std::size_t> cuts) {
  std::vector<Segment> segments;
  std::size_t begin = 0;
  double work = 0;
  for (std::size_t i = 0; i < dispatches_.size(); ++i) {
    const bool is_cut = std::find(cuts.begin(), cuts.end(), i) != cuts.end();
    if (i > begin && (is_cut || work + dispatches_[i].work > kSegmentWork)) {
      GALAGO_TRY(const Segment segment, record_segment(begin, i));
      segments.push_back(segment);
      begin = i;
      work = 0;
    }
    work += dispatches_[i].work;
  }
  if (begin < dispatches_.size()) {
    GALAGO_TRY(const Segment segment, record_segment(begin, dispatches_.size()));
    segments.push_back(segment);
  }
  return segments;
}

Result<Segment> ProgramCommands::record_segment(std::size_t begin, std::size_t end) {
  GALAGO_TRY(VkCommandBuffer commands, pool_->begin());
  const VolkDeviceTable& api = gpu_->api();
  Hazards hazards;
  VkPipeline bound = VK_NULL_HANDLE;
  for (std::size_t i = begin; i < end; ++i) {
    const Dispatch& d = dispatches_[i];
    if (hazards.add(d.operands))
      add_barrier(api, commands, kShaderAccess, VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT);
    if (d.pipeline != bound)
      api.vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, d.pipeline);
    bound = d.pipeline;
    api.vkCmdBindDescriptorSets(commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipelines_.layout(), 0, 1,
                                &sets_[i], 0, nullptr);
    api.vkCmdPushConstants(commands, pipelines_.layout(), VK_SHADER_STAGE_COMPUTE_BIT, 0,
                           static_cast<std::uint32_t>(d.push.size() * sizeof(std::uint32_t)),
                           d.push.data());
    api.vkCmdDispatch(commands, d.groups.x, d.groups.y, d.groups.z);
  }
  // For the next segment, for copies and for the host.
  add_barrier(api, commands,
              kShaderAccess | VK_ACCESS_TRANSFER_READ_BIT | VK_ACCESS_TRANSFER_WRITE_BIT |
                  VK_ACCESS_HOST_READ_BIT | VK_ACCESS_HOST_WRITE_BIT,
              VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT |
                  VK_PIPELINE_STAGE_HOST_BIT);
  GALAGO_TRY(pool_->end(commands));
  return Segment{commands, end};
}

}  // namespace galago::vulkan
