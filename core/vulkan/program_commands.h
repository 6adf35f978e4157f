// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Dispatches as command buffers that are submitted for every step. A long program is cut into
// several, so that it can be stopped, shows progress and stays below the time that drivers give one
// submission.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "vulkan/command_pool.h"
#include "vulkan/dispatch.h"
#include "vulkan/gpu_buffer.h"
#include "vulkan/pipelines.h"

namespace galago::vulkan {

/// Dispatches that run with one submission: those before `end`.
struct Segment {
  VkCommandBuffer commands = VK_NULL_HANDLE;
  std::size_t end = 0;
};

class ProgramCommands {
 public:
  static Result<std::unique_ptr<ProgramCommands>> create(std::shared_ptr<Gpu> gpu,
                                                         const Pipelines& pipelines,
                                                         std::vector<Dispatch> dispatches,
                                                         const GpuBuffer& step_params);

  ProgramCommands(const ProgramCommands&) = delete;
  ProgramCommands& operator=(const ProgramCommands&) = delete;
  ~ProgramCommands();

  const std::vector<Dispatch>& dispatches() const { return dispatches_; }

  /// Records command buffers, cut by work and before each of these dispatches as well.
  Result<std::vector<Segment>> record(std::span<const std::size_t> cuts);

  CommandPool& pool() { return *pool_; }

 private:
  ProgramCommands(std::shared_ptr<Gpu> gpu, const Pipelines& pipelines,
                  std::vector<Dispatch> dispatches)
      : gpu_(std::move(gpu)), pipelines_(pipelines), dispatches_(std::move(dispatches)) {}

  Status make_descriptors(const GpuBuffer& step_params);
  Result<Segment> record_segment(std::size_t begin, std::size_t end);

  std::shared_ptr<Gpu> gpu_;
  const Pipelines& pipelines_;
  std::vector<Dispatch> dispatches_;
  std::unique_ptr<CommandPool> pool_;
  VkDescriptorPool descriptor_pool_ = VK_NULL_HANDLE;
  std::vector<VkDescriptorSet> sets_;  ///< one for each dispatch
};

}  // namespace galago::vulkan
