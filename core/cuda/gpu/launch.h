// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Starts each kernel on a stream; the *.cu files beside this one hold their code. What goes wrong,
// cudaGetLastError() tells.
#pragma once

#include <cuda_runtime_api.h>

#include "cuda/calls.h"

namespace galago::cuda::gpu {

void launch_on(cudaStream_t stream, const EmbedRows& call);
void launch_on(cudaStream_t stream, const Norm& call);
void launch_on(cudaStream_t stream, const RopeStoreKv& call);
void launch_on(cudaStream_t stream, const AttentionSplit& call);
void launch_on(cudaStream_t stream, const AttentionMerge& call);
void launch_on(cudaStream_t stream, const AttentionTiles& call);
void launch_on(cudaStream_t stream, const AttentionTensor& call);
void launch_on(cudaStream_t stream, const ElementwiseCall& call);
void launch_on(cudaStream_t stream, const LastRow& call);
void launch_on(cudaStream_t stream, const RoundToBytes& call);
void launch_on(cudaStream_t stream, const RoundToHalf& call);
void launch_on(cudaStream_t stream, const MatVec& call);
void launch_on(cudaStream_t stream, const MatTiles& call);
void launch_on(cudaStream_t stream, const MatTensor& call);
void launch_on(cudaStream_t stream, const EmbedPatches& call);
void launch_on(cudaStream_t stream, const DepthwiseConv3x3& call);
void launch_on(cudaStream_t stream, const AdaptiveAvgPool& call);
void launch_on(cudaStream_t stream, const GlobalAvgPool& call);

/// Whether the program holds code for the current GPU.
cudaError_t probe_code();

}  // namespace galago::cuda::gpu
