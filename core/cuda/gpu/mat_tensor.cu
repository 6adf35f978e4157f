// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/gpu/stream_launcher.h"
#include "cuda/kernels/mat_tensor.inl"

namespace galago::cuda::gpu {

GALAGO_LAUNCH(MatTensor)

}  // namespace galago::cuda::gpu
