// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A program of the CUDA device: kernel calls with the addresses they work on, and one block of
// memory for all temporaries. Which kernel serves an op depends on how many rows it has at most:
// few rows wait for memory, many for arithmetic.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cuda/calls.h"
#include "cuda/cuda_buffer.h"
#include "cuda/machine.h"
#include "device/arithmetic.h"
#include "device/workspace_plan.h"

namespace galago::cuda {

class CudaProgram final : public Program, public Recorder {
 public:
  /// Bytes of the workspace: temporaries first, behind them the rounded copy of an activation.
  struct Sizes {
    std::size_t temporaries = 0;
    std::size_t copy = 0;
  };

  /// Without `workspace` it only finds out its sizes. `step`: where the machine finds the running
  /// step.
  CudaProgram(const Machine& machine, Arithmetic arithmetic, const StepParams* step,
              std::unique_ptr<CudaBuffer> workspace, Sizes sizes);
  ~CudaProgram() override;

  Sizes sizes() const { return {plan_.peak_bytes(), copy_bytes_}; }

  std::size_t workspace_bytes() const override { return plan_.peak_bytes() + copy_bytes_; }

  int command_count() const override { return static_cast<int>(calls_.size()); }

  /// Errors: kUnsupported, a shape that the kernels cannot do.
  Status supported() const;

  /// Splits the calls into sequences: one where no op has many rows, else as many as it takes to
  /// show progress and to see a stop. Errors: those of Machine.
  Status finish_recording(Machine& machine);

  /// Runs it; between sequences it looks at `control`. Somebody who listens to taps gets them, at
  /// the price of a sequence for each.
  Status run(Machine& machine, const RunControl& control, const StepParams& step);

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
  void swiglu_ffn(Tensor x, const Weight& norm, float eps, const Weight& gate, const Weight& up,
                  Tensor h) override;
  void tap(std::string_view name, Tensor value) override;

 protected:
  std::size_t scratch_mark() const override { return plan_.mark(); }

  void release_scratch(std::size_t mark) override { plan_.release(mark); }

 private:
  enum class Rounding { kBytes, kHalf, kBF16 };

  /// The one rounded copy of an activation that the program has room for at a time.
  struct RoundedCopy {
    Tensor of;
    Rounding rounding = Rounding::kBytes;
  };

  struct Tap {
    std::size_t after;  ///< calls before it
    std::string name;
    Tensor value;
  };

  // Where tensors lie; with a null workspace these are numbers nobody follows.
  std::byte* address(const Tensor& t) const;
  float* floats(const Tensor& t) const;
  const float* use(const Weight* weight);
  const std::uint8_t* matrix(const Weight& weight);

  static Rows rows_of(const Tensor& t) { return {t.rows.max, t.rows.is_step}; }

  /// Adds a call that writes `out`.
  void push(Call call, const Tensor& out);
  void elementwise(Elementwise op, Activation activation, const Tensor& a, const Tensor& b,
                   const Tensor& out);
  void norm(const Tensor& x, const Weight& gain, const Weight* bias, float eps, const Tensor& out);
  void attention_tiles(const AttentionTiles& call, const Tensor& out);

  static bool is_few(const Tensor& x) { return x.rows.max <= MatVec::kMostRows; }

  Product product_of(const Weight& w, const Tensor& out, const Epilogue& epilogue);
  void mat_vec(const Tensor& x, const Weight& w, const Tensor& out, const Product& product);
  /// Adds the product to the last call if that is one with the same x that does not mind.
  bool join_last(const Tensor& x, DType dtype, const Product& product);
  /// x rounded: by the call that made it where that can do both, else by a call of its own.
  void need_rounded(const Tensor& x, Rounding rounding);
  void forget_rounded(const Tensor& written);
  Rounded bytes_copy(const Tensor& x) const;
  std::uint16_t* half_copy() const;

  const bool tensor_cores_;  ///< there are some, and numbers may be rounded
  const bool bf16_tensor_cores_;
  const int processors_;
  const StepParams* const step_;
  const std::unique_ptr<CudaBuffer> workspace_;
  const std::unique_ptr<Buffer> planned_;  ///< stands for the workspace while there is none
  WorkspacePlan plan_;
  std::vector<std::shared_ptr<Buffer>> weights_;
  std::vector<Call> calls_;
  std::vector<Tap> taps_;
  std::optional<RoundedCopy> copy_;
  const std::size_t copy_offset_;
  std::size_t copy_bytes_ = 0;
  bool has_many_rows_ = false;
  std::string unsupported_;

  /// Calls that run without a look at anything else, up to `end`.
  struct Section {
    std::size_t end;
    std::unique_ptr<Sequence> sequence;
  };

  Result<std::vector<Section>> sections(Machine& machine, const std::vector<std::size_t>& ends);
  Status tell_taps(Machine& machine, std::size_t from, std::size_t to, const RunControl& control,
                   const StepParams& step);

  std::vector<Section> sections_;
  std::vector<Section> tapped_;  ///< made when somebody listens
};

}  // namespace galago::cuda
