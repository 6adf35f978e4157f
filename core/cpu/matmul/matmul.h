// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Matrix products with weights of any stored type, split over threads.
#pragma once

#include <cstddef>
#include <span>

#include "base/dtype.h"
#include "base/thread_pool.h"
#include "cpu/matmul/matmul_kernels.h"
#include "device/recorder.h"

namespace galago::cpu {

/// out [rows, out_cols] = activation(x [rows, cols] · weightsᵀ + bias) + residual.
struct MatmulPart {
  const std::byte* weights = nullptr;  ///< [out_cols, cols]
  int out_cols = 0;
  const float* bias = nullptr;  ///< [out_cols]; may be null
  Activation activation = Activation::kNone;
  const float* residual = nullptr;  ///< as out, may be out itself; may be null
  float* out = nullptr;
};

/// Products of one x with some matrices, which share what is made of x and the splitting over
/// threads.
struct MatmulArgs {
  const float* x = nullptr;
  int rows = 0;
  int cols = 0;
  DType weight_type = DType::kF32;
  std::span<const MatmulPart> parts;
  std::byte* scratch = nullptr;  ///< matmul_scratch_bytes(…), beginning at a cache line
};

/// What products of up to `rows` rows need besides their tensors.
std::size_t matmul_scratch_bytes(const ProductKernels& product, int rows, int cols, int workers);

void matmul(const MatmulArgs& args, const MatmulKernels& kernels, ThreadPool& pool);

}  // namespace galago::cpu
