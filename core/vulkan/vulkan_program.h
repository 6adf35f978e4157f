// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A program of the Vulkan device: ops become dispatches while they are recorded, dispatches become
// command buffers when recording ends, and every step submits those again. What differs between
// steps is read from a small buffer by the shaders.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "device/device.h"
#include "device/workspace_plan.h"
#include "vulkan/dispatch.h"
#include "vulkan/gpu_buffer.h"
#include "vulkan/pipelines.h"
#include "vulkan/program_commands.h"
#include "vulkan/transfer.h"

namespace galago::vulkan {

class VulkanProgram final : public Program, public Recorder {
 public:
  VulkanProgram(std::shared_ptr<Gpu> gpu, Pipelines& pipelines, Transfer& transfer);
  ~VulkanProgram() override;

  std::size_t workspace_bytes() const override { return plan_.peak_bytes(); }

  int command_count() const override;

  /// Takes memory and records command buffers. Errors: what went wrong while recording,
  /// kOutOfMemory, kDevice.
  Status finish_recording();
  Status run(const StepParams& step, const RunControl& control);

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

  struct Tap {
    std::string name;
    Tensor value;
    std::size_t after = 0;  ///< dispatches before it
  };

  /// What a shader is started with.
  struct Call {
    std::string shader;
    std::vector<std::uint32_t> constants;  ///< the first: threads of a workgroup
    std::vector<Operand> operands;         ///< bindings 0, 1, …
    Arguments arguments;                   ///< behind the operands' first words
    Groups groups;
    double work = 0;
  };

  /// One attention, before it is cut into ranges of heads.
  struct Attention {
    Tensor q, k, v, mask, out;  ///< mask: of a causal one only
    int head_dim = 0;
    int group_heads = 1;    ///< of q for one of k
    int keys = 0;           ///< where all see all; else the cache's capacity
    int head_stride = 0;    ///< elements between heads of k and v
    int row_stride = 0;     ///< elements between their rows
    int heads_of_part = 0;  ///< of k and v: as many as one binding spans
  };

  void dispatch(const Call& call);
  void elementwise(std::uint32_t op, Activation activation, const Operand& a, const Operand& b,
                   const Operand& c, Tensor out);
  void norm(Tensor x, const Weight& gain, const Weight* bias, float eps, Tensor out);
  void pool(Tensor x, RowCount height, int width, Grid out_grid, Tensor out);
  void attend(const Attention& op);
  void attend_heads(const Attention& op, const Tensor& parts, int splits, int first_head,
                    int heads);
  void fail(Error error);

  /// Keeps the weight's memory as long as the program.
  const Tensor& use(const Weight& weight);
  Operand in(const Tensor& tensor);
  Operand out(const Tensor& tensor);
  /// Bytes [begin, begin + size) of a tensor.
  Operand part(const Tensor& tensor, std::size_t begin, std::size_t size);
  /// Workgroups of `threads` for `count` results.
  Groups groups_for(double count, std::uint32_t threads);
  Groups spread(double groups);
  std::string with_subgroups(std::string shader) const;

  Status run_segments(const std::vector<Segment>& segments, const RunControl& control);
  Status run_with_taps(const RunControl& control);
  Status hear_tap(const Tap& tap, const RunControl& control);

  std::shared_ptr<Gpu> gpu_;
  Pipelines& pipelines_;
  Transfer& transfer_;
  std::vector<Dispatch> dispatches_;  ///< until recording ends
  std::vector<Tap> taps_;
  std::vector<std::shared_ptr<Buffer>> weights_;
  WorkspacePlan plan_;
  std::unique_ptr<Workspace> workspace_;  ///< what scratch tensors point to
  std::unique_ptr<GpuBuffer> workspace_memory_;
  std::unique_ptr<GpuBuffer> step_params_;
  std::unique_ptr<ProgramCommands> commands_;
  std::vector<Segment> segments_;
  std::optional<std::vector<Segment>> tap_segments_;  ///< cut at taps; made when one is heard
  std::optional<Error> error_;
  StepParams step_;
};

}  // namespace galago::vulkan
