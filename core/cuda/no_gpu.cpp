// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Stands for core/cuda/gpu where CUDA's toolkit was not there to build it.
#include "cuda/cuda_device.h"

namespace galago {

Result<std::unique_ptr<Device>> make_cuda_device(const CudaOptions& /*options*/) {
  return Error{Errc::kDevice, "this program was built without CUDA", {}};
}

std::optional<std::uint64_t> cuda_free_memory() { return {}; }

}  // namespace galago
