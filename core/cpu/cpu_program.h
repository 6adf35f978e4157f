// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A program of the CPU device: a list of commands and one block of memory for all temporaries.
#pragma once

#include <memory>
#include <vector>

#include "cpu/commands.h"
#include "cpu/host_buffer.h"
#include "cpu/kernel_table.h"
#include "cpu/matmul/matmul_kernels.h"
#include "device/device.h"
#include "device/workspace_plan.h"

namespace galago::cpu {

class CpuProgram final : public Program, public Recorder {
 public:
  /// `workers`: threads that will run it, each with scratch of its own.
  CpuProgram(const KernelTable& kernels, const MatmulKernels& matmul_kernels, int workers)
      : kernels_(kernels), matmul_kernels_(matmul_kernels), workers_(workers) {}

  std::size_t workspace_bytes() const override { return plan_.peak_bytes(); }

  int command_count() const override { return static_cast<int>(commands_.size()); }

  const std::vector<Command>& commands() const { return commands_; }

  /// Takes the memory that recording has asked for. Errors: kOutOfMemory.
  Status finish_recording();

  Tensor scratch(RowCount rows, int cols, DType dtype) override;
  void embed_rows(const Weight& table, Tensor ids, Tensor pictures, Tensor out) override;
  void rms_norm(Tensor x, const Weight& gain, float eps, Tensor out) override;
  void rope_store_kv(Tensor q, Tensor k, Tensor v, Tensor angles, const KvLayer& cache) override;
  void attention_causal(Tensor q, const KvLayer& cache, Tensor mask, Tensor out) override;
  void swiglu(Tensor gate, Tensor up, Tensor out) override;
  void last_row(Tensor x, Tensor out) override;
  void matmul(Tensor x, const Weight& w, Tensor out, const Epilogue& epilogue) override;
  void add(Tensor a, Tensor b, Tensor out) override;
  void activate(Tensor x, Activation activation, Tensor out) override;
  void embed_patches(Tensor patches, const Weight& class_embd, const Weight& positions,
                     Tensor out) override;
  void layer_norm(Tensor x, const Weight& gain, const Weight& bias, float eps, Tensor out) override;
  void attention_full(Tensor q, Tensor k, Tensor v, int n_heads, Tensor out) override;
  void depthwise_conv3x3(Tensor x, Grid grid, int stride, const Weight& w, const Weight* bias,
                         Tensor residual, Tensor out) override;
  void adaptive_avg_pool(Tensor x, Grid grid, Grid out_grid, Tensor out) override;
  void global_avg_pool(Tensor x, Tensor out) override;
  void scale_channels(Tensor x, Tensor scale, Tensor out) override;
  void tap(std::string_view name, Tensor value) override;

 protected:
  std::size_t scratch_mark() const override { return plan_.mark(); }

  void release_scratch(std::size_t mark) override { plan_.release(mark); }

 private:
  /// Keeps the weight's memory as long as the program, and returns its view.
  Tensor use(const Weight& weight);
  /// A temporary of one command: [rows, floats], each row on cache lines of its own.
  Tensor command_scratch(int rows, std::size_t floats);

  const KernelTable& kernels_;
  const MatmulKernels& matmul_kernels_;
  int workers_;
  std::vector<Command> commands_;
  std::vector<std::shared_ptr<Buffer>> weights_;
  WorkspacePlan plan_;
  HostBuffer workspace_;
};

}  // namespace galago::cpu
