// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/gpu/stream_launcher.h"
#include "cuda/kernels/attention_split.inl"
#include "cuda/kernels/attention_tensor.inl"
#include "cuda/kernels/attention_tiles.inl"

namespace galago::cuda::gpu {

GALAGO_LAUNCH(AttentionSplit)
GALAGO_LAUNCH(AttentionMerge)
GALAGO_LAUNCH(AttentionTiles)
GALAGO_LAUNCH(AttentionTensor)

}  // namespace galago::cuda::gpu
