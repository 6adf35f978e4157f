// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/gpu/stream_launcher.h"
#include "cuda/kernels/mat_tiles.inl"

namespace galago::cuda::gpu {

GALAGO_LAUNCH(MatTiles)

}  // namespace galago::cuda::gpu
