// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "device/shape_recorder.h"

namespace galago {
namespace {

bool is_activation(const Tensor& t) { return t && t.dtype == DType::kF32 && t.cols > 0; }

bool same_shape(const Tensor& a, const Tensor& b) {
  return a.rows == b.rows && a.cols == b.cols && a.dtype == b.dtype;
}

void check_elementwise(const Tensor& x, const Tensor& out) {
  GALAGO_ASSERT(is_activation(x) && is_activation(out) && same_shape(x, out));
}

/// A gain or bias: [1, cols] f32.
void check_vector(const Weight& w, int cols) {
  GALAGO_ASSERT(is_activation(w.data) && w.data.rows == (RowCount{1, false}) &&
                w.data.cols == cols);
}

void check_grid(const Tensor& x, Grid grid) {
  GALAGO_ASSERT(grid.height > 0 && grid.width > 0 && !x.rows.is_step &&
                x.rows.max == grid.positions());
}

void check_cache(const KvLayer& cache) {
  GALAGO_ASSERT(cache.capacity > 0 && cache.n_kv_heads > 0);
  GALAGO_ASSERT(cache.k && cache.v && same_shape(cache.k, cache.v));
  GALAGO_ASSERT(cache.k.dtype == DType::kF16 || cache.k.dtype == DType::kF32);
  GALAGO_ASSERT(cache.k.rows == (RowCount{cache.n_kv_heads * cache.capacity, false}));
}

}  // namespace

class ShapeRecorder::Workspace final : public Buffer {
 public:
  std::size_t size_bytes() const override { return 0; }
};

ShapeRecorder::ShapeRecorder() : workspace_(std::make_unique<Workspace>()) {}

ShapeRecorder::~ShapeRecorder() = default;

Tensor ShapeRecorder::scratch(RowCount rows, int cols, DType dtype) {
  GALAGO_ASSERT(rows.max > 0 && cols > 0);
  Tensor tensor{workspace_.get(), 0, dtype, rows, cols};
  tensor.offset_bytes = plan_.push(tensor.size_bytes());
  return tensor;
}

void ShapeRecorder::embed_rows(const Weight& table, Tensor ids, Tensor pictures, Tensor out) {
  GALAGO_ASSERT(table.data && is_activation(out) && table.data.cols == out.cols);
  GALAGO_ASSERT(ids && ids.dtype == DType::kI32 && ids.cols == 1 && ids.rows == out.rows);
  GALAGO_ASSERT(!pictures || (is_activation(pictures) && pictures.cols == out.cols));
  ++commands_;
}

void ShapeRecorder::rms_norm(Tensor x, const Weight& gain, float eps, Tensor out) {
  check_elementwise(x, out);
  check_vector(gain, x.cols);
  GALAGO_ASSERT(eps >= 0);
  ++commands_;
}

void ShapeRecorder::rope_store_kv(Tensor q, Tensor k, Tensor v, Tensor angles,
                                  const KvLayer& cache) {
  check_cache(cache);
  const int head_dim = cache.k.cols;
  GALAGO_ASSERT(is_activation(q) && is_activation(k) && same_shape(k, v) && q.rows == k.rows);
  GALAGO_ASSERT(k.cols == cache.n_kv_heads * head_dim && q.cols % k.cols == 0);
  GALAGO_ASSERT(is_activation(angles) && angles.rows == (RowCount{cache.capacity, false}));
  GALAGO_ASSERT(angles.cols % 2 == 0 && angles.cols <= head_dim);
  ++commands_;
}

void ShapeRecorder::attention_causal(Tensor q, const KvLayer& cache, Tensor mask, Tensor out) {
  check_cache(cache);
  check_elementwise(q, out);
  GALAGO_ASSERT(q.cols % (cache.n_kv_heads * cache.k.cols) == 0);
  GALAGO_ASSERT(is_activation(mask) && mask.rows.max == 1 && mask.cols == cache.capacity);
  ++commands_;
}

void ShapeRecorder::swiglu(Tensor gate, Tensor up, Tensor out) {
  check_elementwise(gate, up);
  check_elementwise(gate, out);
  ++commands_;
}

void ShapeRecorder::last_row(Tensor x, Tensor out) {
  GALAGO_ASSERT(is_activation(x) && is_activation(out) && x.cols == out.cols);
  GALAGO_ASSERT(out.rows == (RowCount{1, false}));
  ++commands_;
}

void ShapeRecorder::matmul(Tensor x, const Weight& w, Tensor out, const Epilogue& epilogue) {
  GALAGO_ASSERT(is_activation(x) && is_activation(out) && x.rows == out.rows);
  GALAGO_ASSERT(w.data && !w.data.rows.is_step && w.data.cols == x.cols &&
                w.data.rows.max == out.cols);
  if (epilogue.bias != nullptr) check_vector(*epilogue.bias, out.cols);
  if (epilogue.residual) check_elementwise(epilogue.residual, out);
  ++commands_;
}

void ShapeRecorder::add(Tensor a, Tensor b, Tensor out) {
  check_elementwise(a, b);
  check_elementwise(a, out);
  ++commands_;
}

void ShapeRecorder::activate(Tensor x, Activation /*activation*/, Tensor out) {
  check_elementwise(x, out);
  ++commands_;
}

void ShapeRecorder::embed_patches(Tensor patches, const Weight& class_embd, const Weight& positions,
                                  Tensor out) {
  GALAGO_ASSERT(is_activation(patches) && is_activation(out) && patches.cols == out.cols);
  GALAGO_ASSERT(!out.rows.is_step && out.rows.max == patches.rows.max + 1);
  check_vector(class_embd, out.cols);
  GALAGO_ASSERT(is_activation(positions.data) && same_shape(positions.data, out));
  ++commands_;
}

void ShapeRecorder::layer_norm(Tensor x, const Weight& gain, const Weight& bias, float eps,
                               Tensor out) {
  rms_norm(x, gain, eps, out);
  check_vector(bias, x.cols);
}

void ShapeRecorder::attention_full(Tensor q, Tensor k, Tensor v, int n_heads, Tensor out) {
  check_elementwise(q, out);
  check_elementwise(k, v);
  GALAGO_ASSERT(q.cols == k.cols && n_heads > 0 && q.cols % n_heads == 0);
  ++commands_;
}

void ShapeRecorder::depthwise_conv3x3(Tensor x, Grid grid, int stride, const Weight& w,
                                      const Weight* bias, Tensor residual, Tensor out) {
  GALAGO_ASSERT(is_activation(x) && is_activation(out) && x.cols == out.cols && stride > 0);
  check_grid(x, grid);
  check_grid(out, {(grid.height + stride - 1) / stride, (grid.width + stride - 1) / stride});
  GALAGO_ASSERT(is_activation(w.data) && w.data.rows.max == x.cols && w.data.cols == 9);
  if (bias != nullptr) check_vector(*bias, x.cols);
  if (residual) check_elementwise(residual, out);
  ++commands_;
}

void ShapeRecorder::adaptive_avg_pool(Tensor x, Grid grid, Grid out_grid, Tensor out) {
  GALAGO_ASSERT(is_activation(x) && is_activation(out) && x.cols == out.cols);
  check_grid(x, grid);
  check_grid(out, out_grid);
  ++commands_;
}

void ShapeRecorder::global_avg_pool(Tensor x, Tensor out) { last_row(x, out); }

void ShapeRecorder::scale_channels(Tensor x, Tensor scale, Tensor out) {
  check_elementwise(x, out);
  GALAGO_ASSERT(is_activation(scale) && scale.rows == (RowCount{1, false}) && scale.cols == x.cols);
  ++commands_;
}

void ShapeRecorder::tap(std::string_view name, Tensor value) {
  GALAGO_ASSERT(!name.empty() && is_activation(value));
}

Result<std::unique_ptr<Program>> record_checked(Device& device, std::string_view name,
                                                FunctionRef<void(Recorder&)> body) {
  ShapeRecorder checker;
  body(checker);
  return device.record(name, body);
}

}  // namespace galago
