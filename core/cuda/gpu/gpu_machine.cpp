// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/gpu/gpu_machine.h"

#include <cuda_runtime_api.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cuda/cuda_device.h"
#include "cuda/gpu/launch.h"

namespace galago::cuda::gpu {
namespace {

Error device_error(std::string detail) { return {Errc::kDevice, std::move(detail), {}}; }

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

std::string version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

/// A sequence as the driver takes it: one call for all kernels.
class GraphSequence final : public Sequence {
 public:
  explicit GraphSequence(cudaGraphExec_t graph) : graph_(graph) {}

  ~GraphSequence() override { cudaGraphExecDestroy(graph_); }

  cudaGraphExec_t graph() const { return graph_; }

 private:
  const cudaGraphExec_t graph_;
};

class GpuMachine final : public Machine {
 public:
  GpuMachine(int index, std::string name, cudaDeviceProp properties, cudaStream_t stream)
      : index_(index), name_(std::move(name)), properties_(properties), stream_(stream) {}

  ~GpuMachine() override { cudaStreamDestroy(stream_); }

  DeviceInfo info() const override {
    return {"cuda", name_,
            "compute capability " + std::to_string(properties_.major) + "." +
                std::to_string(properties_.minor) + ", " + megabytes(properties_.totalGlobalMem) +
                (properties_.integrated != 0 ? " shared with the processor" : ""),
            0};
  }

  bool has_tensor_cores() const override { return properties_.major >= 7; }

  bool has_bf16_tensor_cores() const override { return properties_.major >= 8; }

  int processors() const override { return properties_.multiProcessorCount; }

  Result<void*> allocate(std::size_t size_bytes) override {
    GALAGO_TRY(still_works());
    const std::lock_guard lock(stream_mutex_);
    void* memory = nullptr;
    const cudaError_t error = cudaMalloc(&memory, size_bytes);
    if (error == cudaErrorMemoryAllocation) {
      cudaGetLastError();  // that one passes
      return out_of_memory(size_bytes);
    }
    GALAGO_TRY(checked(error, "taking memory"));
    const Status cleared =
        checked(cudaMemsetAsync(memory, 0, size_bytes, stream_), "clearing memory");
    if (!cleared) {
      cudaFree(memory);
      return cleared.error();
    }
    return memory;
  }

  void release(void* memory) override { cudaFree(memory); }

  Status write(void* to, std::span<const std::byte> bytes) override {
    GALAGO_TRY(still_works());
    const std::lock_guard lock(stream_mutex_);
    // Bytes of pageable memory have been taken when this returns.
    return checked(cudaMemcpyAsync(to, bytes.data(), bytes.size(), cudaMemcpyHostToDevice, stream_),
                   "writing memory");
  }

  Status read(const void* from, std::span<std::byte> bytes) override {
    GALAGO_TRY(still_works());
    const std::lock_guard lock(stream_mutex_);
    GALAGO_TRY(
        checked(cudaMemcpyAsync(bytes.data(), from, bytes.size(), cudaMemcpyDeviceToHost, stream_),
                "reading memory"));
    return checked(cudaStreamSynchronize(stream_), "reading memory");
  }

  Result<std::unique_ptr<Sequence>> prepare(std::span<const Call> calls) override {
    GALAGO_TRY(still_works());
    const std::lock_guard lock(stream_mutex_);
    GALAGO_TRY(checked(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeRelaxed), "recording"));
    for (const Call& call : calls)
      std::visit([&](const auto& arguments) { launch_on(stream_, arguments); }, call);
    const cudaError_t launched = cudaGetLastError();
    cudaGraph_t graph = nullptr;
    const cudaError_t ended = cudaStreamEndCapture(stream_, &graph);
    GALAGO_TRY(checked(launched, "recording"));
    GALAGO_TRY(checked(ended, "recording"));
    cudaGraphExec_t executable = nullptr;
    const cudaError_t made = cudaGraphInstantiateWithFlags(&executable, graph, 0);
    cudaGraphDestroy(graph);
    if (made == cudaErrorMemoryAllocation) return out_of_memory(0);
    GALAGO_TRY(checked(made, "recording"));
    return std::unique_ptr<Sequence>(std::make_unique<GraphSequence>(executable));
  }

  Status run(Sequence& sequence) override {
    GALAGO_TRY(still_works());
    const std::lock_guard lock(stream_mutex_);
    GALAGO_TRY(checked(cudaGraphLaunch(static_cast<GraphSequence&>(sequence).graph(), stream_),
                       "starting kernels"));
    return checked(cudaStreamSynchronize(stream_), "computing");
  }

 private:
  /// After most errors the driver answers nothing else until the process ends: the first is kept.
  Status checked(cudaError_t error, const char* doing) {
    if (error == cudaSuccess) return {};
    Error failure = device_error("the GPU failed while " + std::string(doing) + ": " +
                                 cudaGetErrorString(error));
    const std::lock_guard lock(failure_mutex_);
    if (!failure_) failure_ = failure;
    return failure;
  }

  /// Before anything that is asked of the GPU: which one is meant is kept by thread.
  Status still_works() {
    {
      const std::lock_guard lock(failure_mutex_);
      if (failure_) return *failure_;
    }
    return checked(cudaSetDevice(index_), "being chosen");
  }

  static Error out_of_memory(std::size_t size_bytes) {
    std::size_t free_bytes = 0;
    std::size_t all_bytes = 0;
    cudaMemGetInfo(&free_bytes, &all_bytes);
    return {Errc::kOutOfMemory,
            "the GPU has no room for " + megabytes(size_bytes) + " more, " + megabytes(free_bytes) +
                " of " + megabytes(all_bytes) +
                " are free; use a shorter context, a smaller model or --device cpu",
            {}};
  }

  const int index_;
  const std::string name_;
  const cudaDeviceProp properties_;
  const cudaStream_t stream_;
  std::mutex stream_mutex_;  ///< while calls are captured, another thread's would be too
  std::mutex failure_mutex_;
  std::optional<Error> failure_;
};

/// Why the driver shows no GPU.
Error no_gpu(cudaError_t error) {
  int driver = 0;
  int runtime = 0;
  cudaDriverGetVersion(&driver);
  cudaRuntimeGetVersion(&runtime);
  if (driver == 0) return device_error("no NVIDIA driver is installed");
  if (error == cudaErrorInsufficientDriver)
    return device_error("the NVIDIA driver is too old: it knows CUDA " + version_text(driver) +
                        ", this program needs " + version_text(runtime) + "; update the driver");
  if (error == cudaErrorNoDevice) return device_error("there is no NVIDIA GPU");
  return device_error("the NVIDIA driver does not answer: " +
                      std::string(cudaGetErrorString(error)));
}

Result<std::vector<cudaDeviceProp>> all_properties() {
  int count = 0;
  const cudaError_t found = cudaGetDeviceCount(&count);
  if (found != cudaSuccess) return no_gpu(found);
  if (count == 0) return no_gpu(cudaErrorNoDevice);
  std::vector<cudaDeviceProp> gpus(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const cudaError_t told = cudaGetDeviceProperties(&gpus[static_cast<std::size_t>(i)], i);
    if (told != cudaSuccess) return no_gpu(told);
  }
  return gpus;
}

/// Two of one kind are told apart by their order.
std::string name_of(const std::vector<cudaDeviceProp>& gpus, std::size_t index) {
  std::string name = static_cast<const char*>(gpus[index].name);
  const auto before = std::count_if(
      gpus.begin(), gpus.begin() + static_cast<std::ptrdiff_t>(index),
      [&](const cudaDeviceProp& gpu) { return name == static_cast<const char*>(gpu.name); });
  if (before > 0) name += " #" + std::to_string(before + 1);
  return name;
}

/// That of the name, or the first.
Result<std::size_t> index_of(const std::vector<cudaDeviceProp>& gpus, const std::string& name) {
  if (name.empty()) return std::size_t{0};
  for (std::size_t i = 0; i < gpus.size(); ++i)
    if (name_of(gpus, i) == name) return i;
  return device_error("this machine has no NVIDIA GPU called '" + name + "'");
}

}  // namespace

Result<std::shared_ptr<Machine>> open_gpu(const std::string& name) {
  GALAGO_TRY(const std::vector<cudaDeviceProp> gpus, all_properties());
  GALAGO_TRY(const std::size_t index, index_of(gpus, name));
  const cudaDeviceProp& properties = gpus[index];
  const cudaError_t taken = cudaSetDevice(static_cast<int>(index));
  if (taken != cudaSuccess) return no_gpu(taken);
  cudaStream_t stream = nullptr;
  const cudaError_t opened = cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
  if (opened != cudaSuccess) return no_gpu(opened);
  auto machine = std::make_shared<GpuMachine>(static_cast<int>(index), name_of(gpus, index),
                                              properties, stream);
  if (probe_code() != cudaSuccess)
    return device_error(
        "this program holds no code for " + std::string(static_cast<const char*>(properties.name)) +
        " (compute capability " + std::to_string(properties.major) + "." +
        std::to_string(properties.minor) + "); build it with GALAGO_CUDA_ARCHITECTURES");
  return std::shared_ptr<Machine>(std::move(machine));
}

}  // namespace galago::cuda::gpu

namespace galago {

Result<std::vector<CudaGpu>> find_cuda_gpus() {
  GALAGO_TRY(const std::vector<cudaDeviceProp> gpus, cuda::gpu::all_properties());
  int driver = 0;
  cudaDriverGetVersion(&driver);
  std::vector<CudaGpu> found;
  for (std::size_t i = 0; i < gpus.size(); ++i)
    found.push_back({cuda::gpu::name_of(gpus, i), cuda::gpu::version_text(driver)});
  return found;
}

Result<std::unique_ptr<Device>> make_cuda_device(const CudaOptions& options) {
  GALAGO_TRY(auto machine, cuda::gpu::open_gpu(options.name));
  return cuda::make_device_on(std::move(machine), options.arithmetic);
}

std::optional<std::uint64_t> cuda_free_memory(const std::string& name) {
  const auto gpus = cuda::gpu::all_properties();
  const auto index = gpus ? cuda::gpu::index_of(*gpus, name) : Result<std::size_t>(gpus.error());
  std::size_t free_bytes = 0;
  std::size_t all_bytes = 0;
  if (!index || (*gpus)[*index].integrated != 0 ||
      cudaSetDevice(static_cast<int>(*index)) != cudaSuccess ||
      cudaMemGetInfo(&free_bytes, &all_bytes) != cudaSuccess)
    return {};
  return free_bytes;
}

}  // namespace galago
