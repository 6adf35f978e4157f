// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/cpu_program.h"

#include <algorithm>

#include "cpu/matmul/matmul.h"

namespace galago::cpu {
namespace {

/// Tasks a worker should get of one loop: enough to even out workers of different speed.
constexpr int kTasksPerWorker = 2;
/// Blocks of queries that share the unpacking of a tile of keys.
constexpr int kBlocksPerChunk = 4;

int divide_up(int count, int size) { return (count + size - 1) / size; }

bool is_same(const Tensor& a, const Tensor& b) {
  return a.buffer == b.buffer && a.offset_bytes == b.offset_bytes && a.dtype == b.dtype &&
         a.rows == b.rows && a.cols == b.cols;
}

bool overlap(const Tensor& a, const Tensor& b) {
  return a.buffer == b.buffer && a.offset_bytes < b.offset_bytes + b.size_bytes() &&
         b.offset_bytes < a.offset_bytes + a.size_bytes();
}

/// Whether `part` may be computed along with the products of `group`, from the same x.
bool can_join(const MatMul& group, const Tensor& x, const MatMul::Part& part) {
  return group.parts.size() < kMaxMatMulParts && is_same(group.x, x) &&
         group.parts.front().w.dtype == part.w.dtype && !part.residual &&
         !overlap(group.scratch, part.out) &&
         std::none_of(group.parts.begin(), group.parts.end(),
                      [&](const MatMul::Part& other) { return overlap(other.out, part.out); });
}

}  // namespace

Status CpuProgram::finish_recording() {
  return workspace_.allocate(plan_.peak_bytes(), Pages::kLarge);
}

Tensor CpuProgram::use(const Weight& weight) {
  if (weight.storage) weights_.push_back(weight.storage);
  return weight.data;
}

Tensor CpuProgram::scratch(RowCount rows, int cols, DType dtype) {
  Tensor tensor{&workspace_, 0, dtype, rows, cols};
  tensor.offset_bytes = plan_.push(tensor.size_bytes());
  return tensor;
}

Tensor CpuProgram::command_scratch(int rows, std::size_t floats) {
  constexpr std::size_t kLine = WorkspacePlan::kAlignment / sizeof(float);
  return scratch({rows, false}, static_cast<int>((floats + kLine - 1) / kLine * kLine),
                 DType::kF32);
}

void CpuProgram::embed_rows(const Weight& table, Tensor ids, Tensor pictures, Tensor out) {
  commands_.push_back(EmbedRows{use(table), ids, pictures, out});
}

void CpuProgram::rms_norm(Tensor x, const Weight& gain, float eps, Tensor out) {
  commands_.push_back(RmsNorm{x, use(gain), out, eps});
}

void CpuProgram::layer_norm(Tensor x, const Weight& gain, const Weight& bias, float eps,
                            Tensor out) {
  commands_.push_back(LayerNorm{x, use(gain), use(bias), out, eps});
}

void CpuProgram::rope_store_kv(Tensor q, Tensor k, Tensor v, Tensor angles, const KvLayer& cache) {
  const Scope scope(*this);
  const Tensor rotated = command_scratch(workers_, static_cast<std::size_t>(k.cols));
  commands_.push_back(RopeStoreKv{q, k, v, angles, cache, rotated});
}

void CpuProgram::attention_causal(Tensor q, const KvLayer& cache, Tensor mask, Tensor out) {
  const Scope scope(*this);
  const int head_dim = cache.k.cols;
  AttentionCausal op{q, cache, mask, out, 0, 0, {}, {}};
  op.chunk_rows = std::min(kernels_.attention_block * kBlocksPerChunk, q.rows.max);
  op.max_parts = divide_up(kTasksPerWorker * workers_, cache.n_kv_heads);
  op.scratch =
      command_scratch(workers_, kernels_.attention_scratch_floats(op.chunk_rows, head_dim));
  const int decode_rows = std::min(kernels_.decode_rows, q.rows.max);
  op.parts = command_scratch(decode_rows * (q.cols / head_dim) * op.max_parts,
                             static_cast<std::size_t>(head_dim) + 2);
  commands_.push_back(op);
}

void CpuProgram::attention_full(Tensor q, Tensor k, Tensor v, int n_heads, Tensor out) {
  const Scope scope(*this);
  AttentionFull op{q, k, v, out, n_heads, 0, {}};
  const int blocks = divide_up(q.rows.max, kernels_.attention_block);
  // Each chunk unpacks all keys for itself: no more of them than keep the workers busy.
  const int chunks = std::min(divide_up(kTasksPerWorker * workers_, n_heads), blocks);
  op.chunk_rows = divide_up(blocks, chunks) * kernels_.attention_block;
  op.scratch =
      command_scratch(workers_, kernels_.attention_scratch_floats(op.chunk_rows, q.cols / n_heads));
  commands_.push_back(op);
}

void CpuProgram::swiglu(Tensor gate, Tensor up, Tensor out) {
  commands_.push_back(SwiGlu{gate, up, out});
}

void CpuProgram::last_row(Tensor x, Tensor out) { commands_.push_back(LastRow{x, out}); }

void CpuProgram::matmul(Tensor x, const Weight& w, Tensor out, const Epilogue& epilogue) {
  const Tensor bias = epilogue.bias != nullptr ? use(*epilogue.bias) : Tensor{};
  const MatMul::Part part{use(w), out, bias, epilogue.residual, epilogue.activation};
  auto* last = commands_.empty() ? nullptr : std::get_if<MatMul>(&commands_.back());
  if (last != nullptr && can_join(*last, x, part)) {
    last->parts.push_back(part);
    return;
  }
  const Scope scope(*this);
  const std::size_t bytes =
      matmul_scratch_bytes(matmul_kernels_.of(w.data.dtype), x.rows.max, x.cols, workers_);
  commands_.push_back(MatMul{x, {part}, command_scratch(1, bytes / sizeof(float) + 1)});
}

void CpuProgram::add(Tensor a, Tensor b, Tensor out) { commands_.push_back(Add{a, b, out}); }

void CpuProgram::activate(Tensor x, Activation activation, Tensor out) {
  commands_.push_back(Activate{x, out, activation});
}

void CpuProgram::embed_patches(Tensor patches, const Weight& class_embd, const Weight& positions,
                               Tensor out) {
  commands_.push_back(EmbedPatches{patches, use(class_embd), use(positions), out});
}

void CpuProgram::depthwise_conv3x3(Tensor x, Grid grid, int stride, const Weight& w,
                                   const Weight* bias, Tensor residual, Tensor out) {
  const Scope scope(*this);
  const Tensor taps = scratch({9, false}, x.cols, DType::kF32);
  commands_.push_back(DepthwiseConv3x3{x, use(w), bias != nullptr ? use(*bias) : Tensor{}, residual,
                                       out, grid, stride, taps});
}

void CpuProgram::adaptive_avg_pool(Tensor x, Grid grid, Grid out_grid, Tensor out) {
  commands_.push_back(AdaptiveAvgPool{x, out, grid, out_grid});
}

void CpuProgram::global_avg_pool(Tensor x, Tensor out) {
  commands_.push_back(GlobalAvgPool{x, out});
}

void CpuProgram::scale_channels(Tensor x, Tensor scale, Tensor out) {
  commands_.push_back(ScaleChannels{x, scale, out});
}

void CpuProgram::tap(std::string_view name, Tensor value) {
  commands_.push_back(Tap{std::string(name), value});
}

}  // namespace galago::cpu
