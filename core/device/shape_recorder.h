// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Records nothing: checks the shapes of a model description and adds up its workspace, without a
// device. The one place where the ops' shape rules are written down as code.
#pragma once

#include <memory>
#include <string_view>

#include "base/function_ref.h"
#include "base/result.h"
#include "device/device.h"
#include "device/recorder.h"
#include "device/workspace_plan.h"

namespace galago {

class ShapeRecorder final : public Recorder {
 public:
  ShapeRecorder();
  ~ShapeRecorder() override;

  std::size_t workspace_bytes() const { return plan_.peak_bytes(); }

  int command_count() const { return commands_; }

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
  class Workspace;
  std::unique_ptr<Workspace> workspace_;
  WorkspacePlan plan_;
  int commands_ = 0;
};

/// Device::record after a dry run that checks every shape. `body` is called twice.
Result<std::unique_ptr<Program>> record_checked(Device& device, std::string_view name,
                                                FunctionRef<void(Recorder&)> body);

}  // namespace galago
