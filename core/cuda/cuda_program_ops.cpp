// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// All ops but the matrix products, as calls of kernels.
#include <algorithm>

#include "cuda/cuda_program.h"

namespace galago::cuda {
namespace {

/// Elements of a head that the attention kernels have room for.
constexpr int kLargestHead = 128;
constexpr int kMostSplits = 64;
/// Keys that are worth a block of their own.
constexpr int kFewestKeys = 64;
/// Blocks for each multiprocessor that hide the waiting of the others.
constexpr int kBlocksEach = 4;

}  // namespace

void CudaProgram::embed_rows(const Weight& table, Tensor ids, Tensor pictures, Tensor out) {
  push(EmbedRows{step_, rows_of(out), out.cols, matrix(table), table.data.dtype,
                 table.data.rows.max, reinterpret_cast<const std::int32_t*>(address(ids)),
                 floats(pictures), pictures ? pictures.rows.max : 0, floats(out)},
       out);
}

void CudaProgram::norm(const Tensor& x, const Weight& gain, const Weight* bias, float eps,
                       const Tensor& out) {
  push(Norm{step_, rows_of(x), x.cols, floats(x), use(&gain), use(bias), eps, floats(out), {}},
       out);
}

void CudaProgram::rms_norm(Tensor x, const Weight& gain, float eps, Tensor out) {
  norm(x, gain, nullptr, eps, out);
}

void CudaProgram::layer_norm(Tensor x, const Weight& gain, const Weight& bias, float eps,
                             Tensor out) {
  norm(x, gain, &bias, eps, out);
}

void CudaProgram::rope_store_kv(Tensor q, Tensor k, Tensor v, Tensor angles, const KvLayer& cache) {
  const int head_dim = cache.k.cols;
  push(RopeStoreKv{step_, rows_of(q), q.cols / head_dim, cache.n_kv_heads, head_dim, angles.cols,
                   cache.capacity, floats(q), floats(k), floats(v), floats(angles),
                   address(cache.k), address(cache.v), cache.k.dtype == DType::kF16},
       q);
}

void CudaProgram::attention_causal(Tensor q, const KvLayer& cache, Tensor mask, Tensor out) {
  const int head_dim = cache.k.cols;
  const int n_heads = q.cols / head_dim;
  const int group = n_heads / cache.n_kv_heads;
  const KeyValues kv{address(cache.k), address(cache.v), cache.k.dtype == DType::kF16,
                     static_cast<std::int64_t>(cache.capacity) * head_dim, head_dim};
  if (!is_few(q)) {
    attention_tiles(
        {step_, rows_of(q), n_heads, group, head_dim, floats(q), kv, 0, floats(mask), floats(out)},
        out);
    return;
  }
  const Scope scope(*this);
  const int wanted = (kBlocksEach * processors_ + n_heads - 1) / n_heads;
  const int splits = std::clamp(std::min(wanted, cache.capacity / kFewestKeys), 1, kMostSplits);
  const Tensor parts = scratch({q.rows.max * n_heads * splits, false}, head_dim + 2, DType::kF32);
  if (head_dim > kLargestHead) unsupported_ = "the heads of this model are too wide for CUDA";
  push(AttentionSplit{step_, rows_of(q), n_heads, group, head_dim, splits, floats(q), kv,
                      floats(mask), floats(parts)},
       out);
  push(AttentionMerge{step_, rows_of(q), n_heads, head_dim, splits, floats(parts), floats(out), {}},
       out);
}

void CudaProgram::attention_full(Tensor q, Tensor k, Tensor v, int n_heads, Tensor out) {
  const int head_dim = q.cols / n_heads;
  const KeyValues kv{address(k), address(v), false, head_dim, k.cols};
  attention_tiles(
      {step_, rows_of(q), n_heads, 1, head_dim, floats(q), kv, k.rows.max, nullptr, floats(out)},
      out);
}

void CudaProgram::attention_tiles(const AttentionTiles& call, const Tensor& out) {
  if (call.head_dim > kLargestHead) unsupported_ = "the heads of this model are too wide for CUDA";
  if (tensor_cores_)
    push(AttentionTensor{call}, out);
  else
    push(call, out);
}

void CudaProgram::elementwise(Elementwise op, Activation activation, const Tensor& a,
                              const Tensor& b, const Tensor& out) {
  push(
      ElementwiseCall{
          step_, rows_of(out), out.cols, op, activation, floats(a), floats(b), floats(out), {}},
      out);
}

void CudaProgram::swiglu(Tensor gate, Tensor up, Tensor out) {
  elementwise(Elementwise::kSwiglu, Activation::kSilu, gate, up, out);
}

void CudaProgram::add(Tensor a, Tensor b, Tensor out) {
  elementwise(Elementwise::kAdd, Activation::kNone, a, b, out);
}

void CudaProgram::activate(Tensor x, Activation activation, Tensor out) {
  elementwise(Elementwise::kActivate, activation, x, {}, out);
}

void CudaProgram::scale_channels(Tensor x, Tensor scale, Tensor out) {
  elementwise(Elementwise::kScale, Activation::kNone, x, scale, out);
}

void CudaProgram::last_row(Tensor x, Tensor out) {
  push(LastRow{step_, rows_of(x), x.cols, floats(x), floats(out)}, out);
}

void CudaProgram::embed_patches(Tensor patches, const Weight& class_embd, const Weight& positions,
                                Tensor out) {
  push(EmbedPatches{out.rows.max, out.cols, floats(patches), use(&class_embd), use(&positions),
                    floats(out)},
       out);
}

void CudaProgram::depthwise_conv3x3(Tensor x, Grid grid, int stride, const Weight& w,
                                    const Weight* bias, Tensor residual, Tensor out) {
  const Grid out_grid{(grid.height + stride - 1) / stride, (grid.width + stride - 1) / stride};
  push(DepthwiseConv3x3{grid, out_grid, stride, x.cols, floats(x), use(&w), use(bias),
                        floats(residual), floats(out)},
       out);
}

void CudaProgram::adaptive_avg_pool(Tensor x, Grid grid, Grid out_grid, Tensor out) {
  push(AdaptiveAvgPool{grid, out_grid, x.cols, floats(x), floats(out)}, out);
}

void CudaProgram::global_avg_pool(Tensor x, Tensor out) {
  push(GlobalAvgPool{step_, rows_of(x), x.cols, floats(x), floats(out)}, out);
}

}  // namespace galago::cuda
