// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "vulkan/vulkan_device.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "vulkan/gpu.h"
#include "vulkan/gpu_buffer.h"
#include "vulkan/pipelines.h"
#include "vulkan/transfer.h"
#include "vulkan/vulkan_error.h"
#include "vulkan/vulkan_program.h"
#include "vulkan/weight_layout.h"

namespace galago {
namespace {

using vulkan::Gpu;
using vulkan::GpuBuffer;
using vulkan::Pipelines;
using vulkan::Placement;
using vulkan::Transfer;
using vulkan::VulkanProgram;
using vulkan::WeightLayout;

/// Where a tensor that a model asks for lies, by its size, the one thing that is known of it: ids
/// and masks, which the host writes for each step, are small; logits, which it reads, are larger;
/// caches and pictures are larger still.
Placement placement_of(std::size_t size) {
  constexpr std::size_t kLargestWritten = std::size_t{16} << 10;
  constexpr std::size_t kLargestRead = std::size_t{2} << 20;
  if (size <= kLargestWritten) return Placement::kHostWrite;
  return size <= kLargestRead ? Placement::kHostRead : Placement::kDevice;
}

const GpuBuffer& buffer_of(const Tensor& tensor) {
  return *static_cast<const GpuBuffer*>(tensor.buffer);
}

class VulkanDevice final : public Device {
 public:
  static Result<std::unique_ptr<Device>> create(const VulkanOptions& options) {
    std::unique_ptr<VulkanDevice> device(new VulkanDevice);
    GALAGO_TRY(device->gpu_, Gpu::open(options));
    GALAGO_TRY(device->pipelines_, Pipelines::create(device->gpu_));
    GALAGO_TRY(device->transfer_, Transfer::create(device->gpu_));
    return std::unique_ptr<Device>(std::move(device));
  }

  DeviceInfo info() const override { return {"vulkan", gpu_->name(), gpu_->detail(), 0}; }

  Result<std::unique_ptr<Buffer>> allocate(std::size_t size_bytes) override {
    GALAGO_TRY(auto buffer, GpuBuffer::create(gpu_, size_bytes, placement_of(size_bytes)));
    const std::lock_guard lock(mutex_);
    GALAGO_TRY(transfer_->clear(*buffer));
    return std::unique_ptr<Buffer>(std::move(buffer));
  }

  Result<Weight> upload(const HostTensor& tensor) override {
    const WeightLayout layout = WeightLayout::of(tensor.dtype, tensor.cols);
    const auto rows = static_cast<std::size_t>(tensor.rows);
    GALAGO_TRY(std::unique_ptr<GpuBuffer> buffer,
               GpuBuffer::create(gpu_, rows * layout.row_bytes(), Placement::kDevice));
    GALAGO_TRY(fill(*buffer, layout, tensor));
    Weight weight{tensor.name, {}, std::shared_ptr<Buffer>(std::move(buffer))};
    weight.data = {weight.storage.get(), 0, tensor.dtype, {tensor.rows, false}, tensor.cols};
    return weight;
  }

  Status write(const Tensor& to, std::span<const std::byte> bytes) override {
    GALAGO_ASSERT(bytes.size() <= to.size_bytes());
    const std::lock_guard lock(mutex_);
    return transfer_->write(buffer_of(to), to.offset_bytes, bytes);
  }

  Status read(const Tensor& from, std::span<std::byte> bytes) override {
    GALAGO_ASSERT(bytes.size() <= from.size_bytes());
    const std::lock_guard lock(mutex_);
    return transfer_->read(buffer_of(from), from.offset_bytes, bytes);
  }

  Result<std::unique_ptr<Program>> record(std::string_view /*name*/,
                                          FunctionRef<void(Recorder&)> body) override {
    auto program = std::make_unique<VulkanProgram>(gpu_, *pipelines_, *transfer_);
    body(*program);
    GALAGO_TRY(program->finish_recording());
    return std::unique_ptr<Program>(std::move(program));
  }

  Status run(Program& program, const StepParams& step, const RunControl& control) override {
    GALAGO_ASSERT(step.position >= 0 && step.rows >= 0);
    const std::lock_guard lock(mutex_);
    if (gpu_->options().lost_after > 0 && ++runs_ > gpu_->options().lost_after)
      return vulkan::error_of(VK_ERROR_DEVICE_LOST, {});
    return static_cast<VulkanProgram&>(program).run(step, control);
  }

 private:
  VulkanDevice() = default;

  /// Lays rows out a few megabytes at a time, or not at all where they already lie as they must.
  Status fill(const GpuBuffer& buffer, const WeightLayout& layout, const HostTensor& tensor) {
    GALAGO_ASSERT(tensor.bytes.size() >=
                  static_cast<std::size_t>(tensor.rows) * row_bytes(tensor.dtype, tensor.cols));
    constexpr std::size_t kChunkBytes = std::size_t{4} << 20;
    const auto rows = static_cast<std::size_t>(tensor.rows);
    const std::size_t stored = row_bytes(tensor.dtype, tensor.cols);
    const std::lock_guard lock(mutex_);
    if (layout.is_as_stored())
      return transfer_->write(buffer, 0, tensor.bytes.first(rows * stored));
    const std::size_t step = std::max<std::size_t>(kChunkBytes / layout.row_bytes(), 1);
    std::vector<std::byte> chunk;
    for (std::size_t first = 0; first < rows; first += step) {
      const std::size_t count = std::min(step, rows - first);
      chunk.resize(count * layout.row_bytes());
      for (std::size_t r = 0; r < count; ++r)
        layout.lay_out_row(tensor.bytes.data() + (first + r) * stored,
                           chunk.data() + r * layout.row_bytes());
      GALAGO_TRY(transfer_->write(buffer, first * layout.row_bytes(), chunk));
    }
    return {};
  }

  std::shared_ptr<Gpu> gpu_;
  std::unique_ptr<Pipelines> pipelines_;
  std::unique_ptr<Transfer> transfer_;
  int runs_ = 0;
  std::mutex mutex_;  ///< programs run one at a time, and copies between them
};

}  // namespace

Result<std::vector<VulkanGpu>> find_vulkan_gpus() {
  GALAGO_TRY(const auto instance, vulkan::Instance::open(false));
  GALAGO_TRY(const std::vector<vulkan::FoundGpu> found, instance->find_gpus());
  std::vector<VulkanGpu> gpus;
  for (const vulkan::FoundGpu& gpu : found)
    gpus.push_back(
        {gpu.name, gpu.driver, gpu.properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU});
  return gpus;
}

Result<std::unique_ptr<Device>> make_vulkan_device(const VulkanOptions& options) {
  return VulkanDevice::create(options);
}

}  // namespace galago
