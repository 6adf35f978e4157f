// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Carries out recorded commands: resolves their tensors for one step and splits them over threads.
#pragma once

#include "base/thread_pool.h"
#include "cpu/commands.h"
#include "cpu/kernel_table.h"
#include "cpu/matmul/matmul_kernels.h"
#include "device/device.h"

namespace galago::cpu {

/// What a device computes with.
struct Machine {
  const KernelTable& kernels;
  const MatmulKernels& matmul_kernels;
  ThreadPool& pool;
};

class CommandRunner {
 public:
  CommandRunner(const Machine& machine, const StepParams& step, const RunControl& control)
      : machine_(machine), step_(step), control_(control) {}

  void operator()(const EmbedRows& op) const;
  void operator()(const RmsNorm& op) const;
  void operator()(const LayerNorm& op) const;
  void operator()(const RopeStoreKv& op) const;
  void operator()(const AttentionCausal& op) const;
  void operator()(const AttentionFull& op) const;
  void operator()(const SwiGlu& op) const;
  void operator()(const LastRow& op) const;
  void operator()(const MatMul& op) const;
  void operator()(const Add& op) const;
  void operator()(const Activate& op) const;
  void operator()(const EmbedPatches& op) const;
  void operator()(const DepthwiseConv3x3& op) const;
  void operator()(const AdaptiveAvgPool& op) const;
  void operator()(const GlobalAvgPool& op) const;
  void operator()(const ScaleChannels& op) const;
  void operator()(const Tap& op) const;

 private:
  /// Rows of a tensor in this step.
  int rows_of(const Tensor& t) const;
  std::size_t elements_of(const Tensor& t) const;
  /// Calls body(first, last) for parts of [0, count), each with about kTaskFloats floats.
  void split(std::size_t count, std::size_t floats_each,
             FunctionRef<void(std::size_t first, std::size_t last)> body) const;
  /// Attention of few queries: tasks are the heads that share keys, and parts of the keys.
  void decode(const AttentionCausal& op) const;
  /// Attention of many: tasks are the heads, and chunks of the queries.
  void prefill(const AttentionCausal& op) const;

  const Machine& machine_;
  const StepParams& step_;
  const RunControl& control_;
};

}  // namespace galago::cpu
