// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/gpu/stream_launcher.h"
#include "cuda/kernels/vision.inl"

namespace galago::cuda::gpu {

GALAGO_LAUNCH(EmbedPatches)
GALAGO_LAUNCH(DepthwiseConv3x3)
GALAGO_LAUNCH(AdaptiveAvgPool)
GALAGO_LAUNCH(GlobalAvgPool)

}  // namespace galago::cuda::gpu
