// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/gpu/stream_launcher.h"
#include "cuda/kernels/mat_vec.inl"

namespace galago::cuda::gpu {

GALAGO_LAUNCH(MatVec)

}  // namespace galago::cuda::gpu
