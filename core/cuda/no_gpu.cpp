// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Stands for core/cuda/gpu where CUDA's toolkit was not there to build it.
#include "cuda/cuda_device.h"

namespace galago {

namespace {

Error built_without() { return {Errc::kDevice, "this program was built without CUDA", {}}; }

}  // namespace

Result<std::vector<CudaGpu>> find_cuda_gpus() { return built_without(); }

Result<std::unique_ptr<Device>> make_cuda_device(const CudaOptions& /*options*/) {
  return built_without();
}

std::optional<std::uint64_t> cuda_free_memory(const std::string& /*name*/) { return {}; }

}  // namespace galago
