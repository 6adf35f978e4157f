// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/cpu_device.h"

#include <cstring>
#include <mutex>
#include <new>
#include <utility>

#include "base/cpu_cores.h"
#include "base/thread_pool.h"
#include "cpu/command_runner.h"
#include "cpu/cpu_program.h"
#include "cpu/host_buffer.h"
#include "cpu/kernel_table.h"
#include "cpu/matmul/matmul_kernels.h"

namespace galago {
namespace {

using cpu::CpuProgram;
using cpu::HostBuffer;

constexpr int kMaxThreads = 1024;

/// What kernels may assume of the address of a weight.
std::size_t alignment_of(DType dtype) {
  return dtype == DType::kF32 || dtype == DType::kI32 ? alignof(float) : alignof(std::uint16_t);
}

class CpuDevice final : public Device {
 public:
  CpuDevice(Isa isa, Arithmetic arithmetic, int threads, std::vector<int> cpus)
      : isa_(isa),
        arithmetic_(arithmetic),
        kernels_(cpu::kernel_table(isa, arithmetic)),
        matmul_kernels_(cpu::matmul_kernels(isa, arithmetic)),
        pool_(threads, std::move(cpus)) {}

  DeviceInfo info() const override {
    const int threads = pool_.size();
    return {"cpu", processor_name(),
            std::string(isa_name(isa_)) + ", " + std::to_string(threads) +
                (threads == 1 ? " thread" : " threads") +
                (arithmetic_ == Arithmetic::kExact ? ", exact" : ""),
            threads};
  }

  Result<std::unique_ptr<Buffer>> allocate(std::size_t size_bytes) override {
    auto buffer = std::make_unique<HostBuffer>();
    GALAGO_TRY(buffer->allocate(size_bytes));
    return std::unique_ptr<Buffer>(std::move(buffer));
  }

  Result<Weight> upload(const HostTensor& tensor) override {
    auto buffer = std::make_shared<HostBuffer>();
    Weight weight{tensor.name, {}, buffer};
    weight.data = {buffer.get(), 0, tensor.dtype, {tensor.rows, false}, tensor.cols};
    GALAGO_ASSERT(tensor.bytes.size() >= weight.data.size_bytes());
    const auto address = reinterpret_cast<std::uintptr_t>(tensor.bytes.data());
    if (address % alignment_of(tensor.dtype) == 0) {
      buffer->borrow(tensor.bytes, tensor.keep_alive);
    } else {  // files may choose any alignment
      GALAGO_TRY(buffer->allocate(tensor.bytes.size()));
      std::memcpy(buffer->mutable_data(), tensor.bytes.data(), tensor.bytes.size());
    }
    return weight;
  }

  Status write(const Tensor& to, std::span<const std::byte> bytes) override {
    GALAGO_ASSERT(bytes.size() <= to.size_bytes());
    if (!bytes.empty()) std::memcpy(cpu::mutable_bytes_of(to), bytes.data(), bytes.size());
    return {};
  }

  Status read(const Tensor& from, std::span<std::byte> bytes) override {
    GALAGO_ASSERT(bytes.size() <= from.size_bytes());
    if (!bytes.empty()) std::memcpy(bytes.data(), cpu::bytes_of(from), bytes.size());
    return {};
  }

  Result<std::unique_ptr<Program>> record(std::string_view /*name*/,
                                          FunctionRef<void(Recorder&)> body) override {
    auto program = std::make_unique<CpuProgram>(kernels_, matmul_kernels_, pool_.size());
    body(*program);
    GALAGO_TRY(program->finish_recording());
    return std::unique_ptr<Program>(std::move(program));
  }

  Status run(Program& program, const StepParams& step, const RunControl& control) override {
    GALAGO_ASSERT(step.position >= 0 && step.rows >= 0);
    const std::lock_guard lock(mutex_);
    const auto& commands = static_cast<CpuProgram&>(program).commands();
    const cpu::Machine machine{kernels_, matmul_kernels_, pool_};
    const cpu::CommandRunner runner(machine, step, control);
    const int total = static_cast<int>(commands.size());
    for (int done = 0; done < total; ++done) {
      if (control.stop.stop_requested()) return Error{Errc::kCancelled, "stopped", {}};
      std::visit(runner, commands[static_cast<std::size_t>(done)]);
      if (control.progress) control.progress(done + 1, total);
    }
    return {};
  }

 private:
  const Isa isa_;
  const Arithmetic arithmetic_;
  const cpu::KernelTable& kernels_;
  const cpu::MatmulKernels matmul_kernels_;
  std::mutex mutex_;  ///< programs run one at a time: they share the pool
  ThreadPool pool_;
};

}  // namespace

Result<std::unique_ptr<Device>> make_cpu_device(const CpuOptions& options) {
  if (options.threads < 0 || options.threads > kMaxThreads)
    return Error{Errc::kInvalidArgument,
                 "the number of threads must be between 1 and " + std::to_string(kMaxThreads) +
                     ", or 0 for one per core",
                 {}};
  GALAGO_TRY(const Isa isa, choose_isa(options.isa));
  ComputeCores cores = compute_cores();
  const int threads = options.threads == 0 ? cores.count : options.threads;
  if (threads > cores.count) cores.cpus.clear();  // more than the big cores are wanted
  return std::unique_ptr<Device>(
      std::make_unique<CpuDevice>(isa, options.arithmetic, threads, std::move(cores.cpus)));
}

}  // namespace galago
