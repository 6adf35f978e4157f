// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Kernels as CUDA has them. For *.cu files.
#pragma once

#include "cuda/gpu/launch.h"
#include "cuda/kernels/common.inl"

namespace galago::cuda::gpu {

template <class Kernel>
__global__ void __launch_bounds__(Kernel::kThreads) enter(const Kernel kernel) {
  Block block;
  kernel(block);
}

class StreamLauncher {
 public:
  explicit StreamLauncher(cudaStream_t stream) : stream_(stream) {}

  template <class Kernel>
  void operator()(const Kernel& kernel, Blocks blocks) const {
    const dim3 grid(static_cast<unsigned>(blocks.x), static_cast<unsigned>(blocks.y),
                    static_cast<unsigned>(blocks.z));
    enter<<<grid, Kernel::kThreads, 0, stream_>>>(kernel);
  }

 private:
  cudaStream_t stream_;
};

/// Defines launch_on() of one kind of call.
#define GALAGO_LAUNCH(Kind)                               \
  void launch_on(cudaStream_t stream, const Kind& call) { \
    const StreamLauncher launcher(stream);                \
    launch(launcher, call);                               \
  }

}  // namespace galago::cuda::gpu
