// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/cuda_device.h"

#include <mutex>
#include <utility>

#include "cuda/cuda_buffer.h"
#include "cuda/cuda_program.h"
#include "cuda/machine.h"

namespace galago::cuda {
namespace {

std::byte* address_of(const Tensor& t) {
  return static_cast<const CudaBuffer*>(t.buffer)->data() + t.offset_bytes;
}

class CudaDevice final : public Device {
 public:
  CudaDevice(std::shared_ptr<Machine> machine, std::unique_ptr<CudaBuffer> step,
             Arithmetic arithmetic)
      : machine_(std::move(machine)), step_(std::move(step)), arithmetic_(arithmetic) {}

  DeviceInfo info() const override {
    DeviceInfo info = machine_->info();
    if (arithmetic_ == Arithmetic::kExact) info.detail += ", exact";
    return info;
  }

  Result<std::unique_ptr<Buffer>> allocate(std::size_t size_bytes) override {
    GALAGO_TRY(auto buffer, CudaBuffer::create(machine_, size_bytes));
    return std::unique_ptr<Buffer>(std::move(buffer));
  }

  Result<Weight> upload(const HostTensor& tensor) override {
    Weight weight{tensor.name, {}, nullptr};
    weight.data = {nullptr, 0, tensor.dtype, {tensor.rows, false}, tensor.cols};
    const std::size_t size = weight.data.size_bytes();
    GALAGO_ASSERT(tensor.bytes.size() >= size);
    GALAGO_TRY(std::unique_ptr<CudaBuffer> buffer, CudaBuffer::create(machine_, size));
    GALAGO_TRY(machine_->write(buffer->data(), tensor.bytes.first(size)));
    weight.data.buffer = buffer.get();
    weight.storage = std::move(buffer);
    return weight;
  }

  Status write(const Tensor& to, std::span<const std::byte> bytes) override {
    GALAGO_ASSERT(bytes.size() <= to.size_bytes());
    const std::lock_guard lock(mutex_);
    return bytes.empty() ? Status() : machine_->write(address_of(to), bytes);
  }

  Status read(const Tensor& from, std::span<std::byte> bytes) override {
    GALAGO_ASSERT(bytes.size() <= from.size_bytes());
    const std::lock_guard lock(mutex_);
    return bytes.empty() ? Status() : machine_->read(address_of(from), bytes);
  }

  Result<std::unique_ptr<Program>> record(std::string_view /*name*/,
                                          FunctionRef<void(Recorder&)> body) override {
    const auto* step = reinterpret_cast<const StepParams*>(step_->data());
    // Kernels are called with addresses: the workspace must be there before they are recorded.
    CudaProgram plan(*machine_, arithmetic_, step, nullptr, {});
    body(plan);
    GALAGO_TRY(plan.supported());
    GALAGO_TRY(auto workspace, CudaBuffer::create(machine_, plan.workspace_bytes()));
    auto program = std::make_unique<CudaProgram>(*machine_, arithmetic_, step, std::move(workspace),
                                                 plan.sizes());
    body(*program);
    const std::lock_guard lock(mutex_);
    GALAGO_TRY(program->finish_recording(*machine_));
    return std::unique_ptr<Program>(std::move(program));
  }

  Status run(Program& program, const StepParams& step, const RunControl& control) override {
    GALAGO_ASSERT(step.position >= 0 && step.rows >= 0);
    const std::lock_guard lock(mutex_);
    GALAGO_TRY(machine_->write(step_->data(), std::as_bytes(std::span(&step, 1))));
    return static_cast<CudaProgram&>(program).run(*machine_, control, step);
  }

 private:
  const std::shared_ptr<Machine> machine_;
  const std::unique_ptr<CudaBuffer> step_;  ///< StepParams, where kernels read them
  const Arithmetic arithmetic_;
  std::mutex mutex_;  ///< programs run one at a time: they share the step
};

}  // namespace

Result<std::unique_ptr<Device>> make_device_on(std::shared_ptr<Machine> machine,
                                               Arithmetic arithmetic) {
  GALAGO_TRY(auto step, CudaBuffer::create(machine, sizeof(StepParams)));
  return std::unique_ptr<Device>(
      std::make_unique<CudaDevice>(std::move(machine), std::move(step), arithmetic));
}

}  // namespace galago::cuda
