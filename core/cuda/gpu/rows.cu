// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cuda/gpu/stream_launcher.h"
#include "cuda/kernels/rows.inl"

namespace galago::cuda::gpu {

GALAGO_LAUNCH(EmbedRows)
GALAGO_LAUNCH(Norm)
GALAGO_LAUNCH(RopeStoreKv)
GALAGO_LAUNCH(ElementwiseCall)
GALAGO_LAUNCH(LastRow)
GALAGO_LAUNCH(RoundToBytes)
GALAGO_LAUNCH(RoundToHalf)

cudaError_t probe_code() {
  cudaFuncAttributes attributes{};
  return cudaFuncGetAttributes(&attributes, enter<LastRowKernel>);
}

}  // namespace galago::cuda::gpu
