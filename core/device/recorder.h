// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The op vocabulary. A model describes its forward pass once, as calls on a Recorder; each device
// records them into a Program that it replays step by step. No per-step value is an argument:
// positions and row counts live in StepParams, token ids in tensors.
//
// Unless an op says otherwise: tensors are f32, `out` may not alias an input, inputs and output
// have the same RowCount. A violated shape is a bug in the model description and asserts while
// recording; a device failure is reported by Device::run.
#pragma once

#include <string_view>

#include "device/tensor.h"

namespace galago {

enum class Activation : std::uint8_t {
  kNone,
  kQuickGelu,  ///< x · sigmoid(1.702 x); CLIP
  kGelu,       ///< x/2 · (1 + erf(x/√2)), exact; projectors
  kSilu,       ///< x · sigmoid(x); LLaMA
  kRelu,
  kHardSwish,    ///< x · clip(x+3, 0, 6) / 6; LDP
  kHardSigmoid,  ///< clip(x+3, 0, 6) / 6; LDP's squeeze-and-excitation
};

/// What follows a matrix product: out = activation(product + bias) + residual.
struct Epilogue {
  const Weight* bias = nullptr;  ///< [1, cols of out]
  Activation activation = Activation::kNone;
  Tensor residual;  ///< of out's shape; may be out itself
};

class Recorder {
 public:
  Recorder() = default;
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  virtual ~Recorder() = default;

  /// Frees the scratch tensors made since its construction: stack discipline.
  class Scope {
   public:
    explicit Scope(Recorder& recorder) : recorder_(recorder), mark_(recorder.scratch_mark()) {}

    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

    ~Scope() { recorder_.release_scratch(mark_); }

   private:
    Recorder& recorder_;
    std::size_t mark_;
  };

  /// A temporary in the program's workspace, uninitialised, valid until its Scope ends.
  virtual Tensor scratch(RowCount rows, int cols, DType dtype = DType::kF32) = 0;

  // --- language model -------------------------------------------------------------------------
  /// out[r] = ids[r] >= 0 ? table[ids[r]] : pictures[-1 - ids[r]].
  ///   ids [rows, 1] i32; table [vocab, dim] any type; pictures [n, dim] (empty: no picture rows).
  virtual void embed_rows(const Weight& table, Tensor ids, Tensor pictures, Tensor out) = 0;
  /// out = x / √(mean(x²) + eps) · gain, per row. Zhang & Sennrich 2019, eq. (4). May alias.
  virtual void rms_norm(Tensor x, const Weight& gain, float eps, Tensor out) = 0;
  /// Rotates pairs (2i, 2i+1) of each head of q (in place) and k by the step's positions and
  /// stores k and v in the cache: Su et al. 2021 (RoFormer), eq. (15), GGUF's interleaved rows.
  ///   q [rows, n_heads·head_dim]; k, v [rows, n_kv_heads·head_dim]
  ///   angles [capacity, rope_dim]: per position cos(θ_0…), then sin(θ_0…); head elements from
  ///   rope_dim on are not rotated
  virtual void rope_store_kv(Tensor q, Tensor k, Tensor v, Tensor angles, const KvLayer& cache) = 0;
  /// out[r,h] = Σ_t softmax_t(q[r,h]·K[t,h'] / √head_dim + mask[t]) · V[t,h'],
  ///   0 ≤ t ≤ position + r, h' = h / (n_heads / n_kv_heads). mask [1, capacity]: 0, or a large
  ///   negative number for a position nothing may look at.
  virtual void attention_causal(Tensor q, const KvLayer& cache, Tensor mask, Tensor out) = 0;
  /// out = silu(gate) · up. May alias.
  virtual void swiglu(Tensor gate, Tensor up, Tensor out) = 0;
  /// out [1, cols] = the step's last row of x.
  virtual void last_row(Tensor x, Tensor out) = 0;

  // --- both -----------------------------------------------------------------------------------
  /// out [rows, w.rows] = activation(x [rows, w.cols] · wᵀ + bias) + residual.
  virtual void matmul(Tensor x, const Weight& w, Tensor out, const Epilogue& epilogue) = 0;
  /// out = a + b. May alias.
  virtual void add(Tensor a, Tensor b, Tensor out) = 0;
  /// out = activation(x). May alias.
  virtual void activate(Tensor x, Activation activation, Tensor out) = 0;

  // --- vision ---------------------------------------------------------------------------------
  /// out[0] = class_embd + positions[0]; out[1+i] = patches[i] + positions[1+i].
  virtual void embed_patches(Tensor patches, const Weight& class_embd, const Weight& positions,
                             Tensor out) = 0;
  /// out = (x - mean) / √(var + eps) · gain + bias, per row. Ba et al. 2016. May alias.
  virtual void layer_norm(Tensor x, const Weight& gain, const Weight& bias, float eps,
                          Tensor out) = 0;
  /// out[r,h] = Σ_t softmax_t(q[r,h]·k[t,h] / √head_dim) · v[t,h], all rows of each other.
  virtual void attention_full(Tensor q, Tensor k, Tensor v, int n_heads, Tensor out) = 0;
  /// Depthwise 3×3 convolution, zero padding 1: out[y,x,c] = Σ w[c,dy,dx] · in[..] (+ bias[c])
  /// (+ residual). w [cols, 9]; x [grid, cols]; out [⌈grid/stride⌉, cols].
  virtual void depthwise_conv3x3(Tensor x, Grid grid, int stride, const Weight& w,
                                 const Weight* bias, Tensor residual, Tensor out) = 0;
  /// Mean over the cells of `out_grid` laid over `grid`, as PyTorch's AdaptiveAvgPool2d: cell i
  /// covers rows ⌊i·h/oh⌋ to ⌈(i+1)·h/oh⌉.
  virtual void adaptive_avg_pool(Tensor x, Grid grid, Grid out_grid, Tensor out) = 0;
  /// out [1, cols] = mean over the rows of x.
  virtual void global_avg_pool(Tensor x, Tensor out) = 0;
  /// out[r] = x[r] · scale[0]. scale [1, cols]. May alias.
  virtual void scale_channels(Tensor x, Tensor scale, Tensor out) = 0;

  // --- composites: the default body is the definition, a device may fuse it --------------------
  /// h = silu(gate·norm(x)) ∘ (up·norm(x)), norm = rms_norm: Shazeer 2020, eq. (6).
  virtual void swiglu_ffn(Tensor x, const Weight& norm, float eps, const Weight& gate,
                          const Weight& up, Tensor h);

  /// Names a value, so that tests and `trace` can see it when they ask for it; free otherwise.
  virtual void tap(std::string_view name, Tensor value) = 0;

 protected:
  friend class Scope;
  virtual std::size_t scratch_mark() const = 0;
  virtual void release_scratch(std::size_t mark) = 0;
};

}  // namespace galago
