// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// All kernels, compiled for the instruction set whose simd_*.h came before this file. Kernels call
// no library function and no inline function of another header: compiled here, it could end up in
// code for lesser processors.
#pragma once

#include "cpu/kernel_table.h"
#include "cpu/kernels/attention.inl"
#include "cpu/kernels/decode_attention.inl"
#include "cpu/kernels/elementwise.inl"
#include "cpu/kernels/grid.inl"
#include "cpu/kernels/norm.inl"
#include "cpu/kernels/rope.inl"

namespace galago::cpu {
namespace {

constexpr KernelTable make_kernel_table(Isa isa) {
  return {
      .isa = isa,
      .attention_block = kQueryBlock,
      .decode_rows = kDecodeRows,
      .rms_norm = rms_norm,
      .layer_norm = layer_norm,
      .swiglu = swiglu,
      .activate = activate,
      .add = add,
      .scale_channels = scale_channels,
      .rope = rope,
      .to_f16 = to_f16,
      .attention = attention<FloatFactors>,
      .attention_full = attention<FloatFactors>,
      .attention_scratch_floats = attention_scratch_floats,
      .decode_attention = decode_attention,
      .merge_attention = merge_attention,
      .depthwise_conv3x3 = depthwise_conv3x3,
      .adaptive_avg_pool = adaptive_avg_pool,
      .global_avg_pool = global_avg_pool,
  };
}

}  // namespace
}  // namespace galago::cpu
