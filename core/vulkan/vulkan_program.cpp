// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/vulkan_program.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace galago::vulkan {

/// Stands for the workspace while its size is not yet known.
class VulkanProgram::Workspace final : public Buffer {
 public:
  std::size_t size_bytes() const override { return 0; }
};

VulkanProgram::VulkanProgram(std::shared_ptr<Gpu> gpu, Pipelines& pipelines, Transfer& transfer)
    : gpu_(std::move(gpu)),
      pipelines_(pipelines),
      transfer_(transfer),
      workspace_(std::make_unique<Workspace>()) {}

VulkanProgram::~VulkanProgram() = default;

int VulkanProgram::command_count() const {
  return static_cast<int>(commands_ ? commands_->dispatches().size() : dispatches_.size());
}

Tensor VulkanProgram::scratch(RowCount rows, int cols, DType dtype) {
  Tensor tensor{workspace_.get(), 0, dtype, rows, cols};
  tensor.offset_bytes = plan_.push(tensor.size_bytes());
  return tensor;
}

void VulkanProgram::tap(std::string_view name, Tensor value) {
  taps_.push_back({std::string(name), value, dispatches_.size()});
}

void VulkanProgram::fail(Error error) {
  if (!error_) error_ = std::move(error);
}

const Tensor& VulkanProgram::use(const Weight& weight) {
  if (weight.storage) weights_.push_back(weight.storage);
  return weight.data;
}

Operand VulkanProgram::part(const Tensor& tensor, std::size_t begin, std::size_t size) {
  if (!tensor) return {};
  Operand operand;
  if (tensor.buffer != workspace_.get())
    operand.buffer = static_cast<const GpuBuffer*>(tensor.buffer)->handle();
  operand.offset = tensor.offset_bytes + begin;
  operand.size = size;
  return operand;
}

Operand VulkanProgram::in(const Tensor& tensor) {
  return tensor ? part(tensor, 0, tensor.size_bytes()) : Operand{};
}

Operand VulkanProgram::out(const Tensor& tensor) {
  Operand operand = in(tensor);
  operand.is_written = true;
  return operand;
}

Groups VulkanProgram::spread(double groups) {
  const double limit = gpu_->limits().groups;
  if (groups <= limit) return {static_cast<std::uint32_t>(std::max(groups, 1.0)), 1, 1};
  const auto y = static_cast<std::uint32_t>(std::ceil(groups / limit));
  return {static_cast<std::uint32_t>(std::ceil(groups / y)), y, 1};
}

Groups VulkanProgram::groups_for(double count, std::uint32_t threads) {
  return spread(std::ceil(count / threads));
}

std::string VulkanProgram::with_subgroups(std::string shader) const {
  return gpu_->limits().subgroup_size > 0 ? shader + "_subgroup" : shader;
}

void VulkanProgram::dispatch(const Call& call) {
  if (error_) return;
  auto pipeline = pipelines_.get(call.shader, call.constants);
  if (!pipeline) return fail(std::move(pipeline).error());
  GALAGO_ASSERT(call.operands.size() <= kTensorBindings);
  GALAGO_ASSERT((kTensorBindings + call.arguments.size()) * 4 <= Pipelines::kPushBytes);
  Dispatch d;
  d.pipeline = *pipeline;
  d.groups = call.groups;
  d.work = call.work;
  d.push.assign(kTensorBindings, 0);
  const std::size_t alignment = gpu_->limits().storage_alignment;
  for (std::size_t i = 0; i < call.operands.size(); ++i) {
    Operand operand = call.operands[i];
    if (operand.size == 0) continue;
    // Bindings begin at coarse steps; the rest of the way is the shader's.
    const std::size_t rest = operand.offset % alignment;
    GALAGO_ASSERT(rest % 4 == 0);
    d.push[i] = static_cast<std::uint32_t>(rest / 4);
    operand.offset -= rest;
    operand.size = (operand.size + rest + 15) / 16 * 16;  // whole words; buffers end so
    if (operand.size > gpu_->limits().storage_range)
      return fail({Errc::kUnsupported,
                   "a tensor of " + std::to_string(operand.size >> 20) +
                       " MB is more than the GPU's shaders can reach; use a shorter context",
                   {}});
    d.operands[i] = operand;
  }
  d.push.insert(d.push.end(), call.arguments.begin(), call.arguments.end());
  dispatches_.push_back(std::move(d));
}

Status VulkanProgram::finish_recording() {
  if (error_) return *error_;
  GALAGO_TRY(workspace_memory_, GpuBuffer::create(gpu_, plan_.peak_bytes(), Placement::kDevice));
  GALAGO_TRY(step_params_, GpuBuffer::create(gpu_, sizeof(StepParams), Placement::kHostWrite));
  for (Dispatch& d : dispatches_)
    for (Operand& operand : d.operands)
      if (operand.size > 0 && operand.buffer == VK_NULL_HANDLE)
        operand.buffer = workspace_memory_->handle();
  GALAGO_TRY(commands_,
             ProgramCommands::create(gpu_, pipelines_, std::move(dispatches_), *step_params_));
  GALAGO_TRY(segments_, commands_->record({}));
  return gpu_->validation_status();
}

Status VulkanProgram::run(const StepParams& step, const RunControl& control) {
  step_ = step;
  std::memcpy(step_params_->mapped(), &step, sizeof(step));
  if (control.tap && !taps_.empty()) return run_with_taps(control);
  return run_segments(segments_, control);
}

/// The next segment waits in the queue while one runs.
Status VulkanProgram::run_segments(const std::vector<Segment>& segments,
                                   const RunControl& control) {
  CommandPool& pool = commands_->pool();
  const auto finish = [&](std::size_t i) -> Status {
    GALAGO_TRY(pool.wait(i % 2));
    if (control.progress) control.progress(static_cast<int>(segments[i].end), command_count());
    return {};
  };
  bool is_stopped = false;
  std::size_t submitted = 0;
  for (; submitted < segments.size() && !is_stopped; ++submitted) {
    if ((is_stopped = control.stop.stop_requested())) break;
    GALAGO_TRY(pool.submit(segments[submitted].commands, submitted % 2));
    if (submitted > 0) {
      GALAGO_TRY(finish(submitted - 1));
    }
  }
  if (submitted > 0) {
    GALAGO_TRY(finish(submitted - 1));
  }
  if (is_stopped) return Error{Errc::kCancelled, "stopped", {}};
  return {};
}

Status VulkanProgram::run_with_taps(const RunControl& control) {
  if (!tap_segments_) {
    std::vector<std::size_t> cuts;
    for (const Tap& tap : taps_) cuts.push_back(tap.after);
    GALAGO_TRY(tap_segments_, commands_->record(cuts));
  }
  std::size_t done = 0;
  std::size_t next_tap = 0;
  const auto hear_taps = [&]() -> Status {
    for (; next_tap < taps_.size() && taps_[next_tap].after == done; ++next_tap) {
      GALAGO_TRY(hear_tap(taps_[next_tap], control));
    }
    return {};
  };
  GALAGO_TRY(hear_taps());
  for (const Segment& segment : *tap_segments_) {
    GALAGO_TRY(run_segments({segment}, control));
    done = segment.end;
    GALAGO_TRY(hear_taps());
  }
  return {};
}

Status VulkanProgram::hear_tap(const Tap& tap, const RunControl& control) {
  const Tensor& value = tap.value;
  const int rows = value.rows.is_step ? std::min(step_.rows, value.rows.max) : value.rows.max;
  std::vector<float> values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(value.cols));
  const GpuBuffer& from = value.buffer == workspace_.get()
                              ? *workspace_memory_
                              : *static_cast<const GpuBuffer*>(value.buffer);
  GALAGO_TRY(transfer_.read(from, value.offset_bytes, std::as_writable_bytes(std::span(values))));
  control.tap(tap.name, rows, value.cols, values);
  return {};
}

}  // namespace galago::vulkan
