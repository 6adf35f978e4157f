// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "reference/reference_device.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "device/workspace_plan.h"
#include "reference/reference_ops.h"

namespace galago {
namespace {

using reference::Array;

/// Memory of its own, or a weight used where the file's mapping holds it.
class ReferenceBuffer final : public Buffer {
 public:
  ReferenceBuffer() = default;

  explicit ReferenceBuffer(const HostTensor& borrowed)
      : bytes_(borrowed.bytes), keep_alive_(borrowed.keep_alive) {}

  std::size_t size_bytes() const override { return bytes_.size(); }

  void resize(std::size_t size) {
    own_.assign(size, std::byte{0});
    bytes_ = own_;
  }

  /// Ops read borrowed bytes as they read others, through an Array; none writes to a weight.
  std::byte* data() const { return const_cast<std::byte*>(bytes_.data()); }

 private:
  std::vector<std::byte> own_;
  std::span<const std::byte> bytes_;
  std::shared_ptr<const void> keep_alive_;
};

std::byte* bytes_of(const Tensor& t) {
  return static_cast<const ReferenceBuffer*>(t.buffer)->data() + t.offset_bytes;
}

int active_rows(const Tensor& t, const StepParams& step) {
  return t.rows.is_step ? std::min(step.rows, t.rows.max) : t.rows.max;
}

Array array(const Tensor& t, const StepParams& step) {
  if (!t) return {};
  return {reinterpret_cast<float*>(bytes_of(t)), active_rows(t, step), t.cols};
}

reference::Matrix matrix(const Weight& w) {
  return {bytes_of(w.data), w.data.dtype, w.data.rows.max, w.data.cols};
}

const float* vector(const Weight* w) {
  return w == nullptr ? nullptr : reinterpret_cast<const float*>(matrix(*w).data);
}

reference::Cache cache_of(const KvLayer& layer) {
  return {bytes_of(layer.k), bytes_of(layer.v), layer.k.dtype,
          layer.n_kv_heads,  layer.capacity,    layer.k.cols};
}

class ReferenceProgram final : public Program, public Recorder {
 public:
  using Command = std::function<void(const StepParams&, const RunControl&)>;

  std::size_t workspace_bytes() const override { return plan_.peak_bytes(); }

  int command_count() const override { return static_cast<int>(commands_.size()); }

  const std::vector<Command>& commands() const { return commands_; }

  void finish() { workspace_.resize(plan_.peak_bytes()); }

  Tensor scratch(RowCount rows, int cols, DType dtype) override {
    Tensor tensor{&workspace_, 0, dtype, rows, cols};
    tensor.offset_bytes = plan_.push(tensor.size_bytes());
    return tensor;
  }

  void embed_rows(const Weight& table, Tensor ids, Tensor pictures, Tensor out) override {
    record([=](const StepParams& step) {
      reference::embed_rows(matrix(table), reinterpret_cast<const std::int32_t*>(bytes_of(ids)),
                            array(pictures, step), array(out, step));
    });
  }

  void rms_norm(Tensor x, const Weight& gain, float eps, Tensor out) override {
    record([=](const StepParams& step) {
      reference::rms_norm(array(x, step), vector(&gain), eps, array(out, step));
    });
  }

  void rope_store_kv(Tensor q, Tensor k, Tensor v, Tensor angles, const KvLayer& cache) override {
    record([=](const StepParams& step) {
      reference::rope_store_kv(array(q, step), array(k, step), array(v, step), array(angles, step),
                               cache_of(cache), step.position);
    });
  }

  void attention_causal(Tensor q, const KvLayer& cache, Tensor mask, Tensor out) override {
    record([=](const StepParams& step) {
      reference::attention_causal(array(q, step), cache_of(cache), array(mask, step).data,
                                  step.position, array(out, step));
    });
  }

  void swiglu(Tensor gate, Tensor up, Tensor out) override {
    record([=](const StepParams& step) {
      reference::swiglu(array(gate, step), array(up, step), array(out, step));
    });
  }

  void last_row(Tensor x, Tensor out) override {
    record([=](const StepParams& step) {
      const Array from = array(x, step);
      std::copy_n(from.row(from.rows - 1), from.cols, array(out, step).data);
    });
  }

  void matmul(Tensor x, const Weight& w, Tensor out, const Epilogue& e) override {
    const Weight bias = e.bias != nullptr ? *e.bias : Weight{};
    record([=, activation = e.activation, residual = e.residual](const StepParams& step) {
      reference::matmul(array(x, step), matrix(w), bias.data ? vector(&bias) : nullptr, activation,
                        array(residual, step), array(out, step));
    });
  }

  void add(Tensor a, Tensor b, Tensor out) override {
    record([=](const StepParams& step) {
      reference::add(array(a, step), array(b, step), array(out, step));
    });
  }

  void activate(Tensor x, Activation activation, Tensor out) override {
    record([=](const StepParams& step) {
      reference::activate(array(x, step), activation, array(out, step));
    });
  }

  void embed_patches(Tensor patches, const Weight& class_embd, const Weight& positions,
                     Tensor out) override {
    record([=](const StepParams& step) {
      const Array table{const_cast<float*>(vector(&positions)), positions.data.rows.max,
                        positions.data.cols};
      reference::embed_patches(array(patches, step), vector(&class_embd), table, array(out, step));
    });
  }

  void layer_norm(Tensor x, const Weight& gain, const Weight& bias, float eps,
                  Tensor out) override {
    record([=](const StepParams& step) {
      reference::layer_norm(array(x, step), vector(&gain), vector(&bias), eps, array(out, step));
    });
  }

  void attention_full(Tensor q, Tensor k, Tensor v, int n_heads, Tensor out) override {
    record([=](const StepParams& step) {
      reference::attention_full(array(q, step), array(k, step), array(v, step), n_heads,
                                array(out, step));
    });
  }

  void depthwise_conv3x3(Tensor x, Grid grid, int stride, const Weight& w, const Weight* bias,
                         Tensor residual, Tensor out) override {
    const Weight bias_copy = bias != nullptr ? *bias : Weight{};
    record([=](const StepParams& step) {
      reference::depthwise_conv3x3(array(x, step), grid, stride, vector(&w),
                                   bias_copy.data ? vector(&bias_copy) : nullptr,
                                   array(residual, step), array(out, step));
    });
  }

  void adaptive_avg_pool(Tensor x, Grid grid, Grid out_grid, Tensor out) override {
    record([=](const StepParams& step) {
      reference::adaptive_avg_pool(array(x, step), grid, out_grid, array(out, step));
    });
  }

  void global_avg_pool(Tensor x, Tensor out) override {
    record([=](const StepParams& step) {
      reference::global_avg_pool(array(x, step), array(out, step));
    });
  }

  void scale_channels(Tensor x, Tensor scale, Tensor out) override {
    record([=](const StepParams& step) {
      reference::scale_channels(array(x, step), array(scale, step).data, array(out, step));
    });
  }

  void tap(std::string_view name, Tensor value) override {
    commands_.emplace_back(
        [name = std::string(name), value](const StepParams& step, const RunControl& control) {
          if (!control.tap) return;
          const Array a = array(value, step);
          const auto count = static_cast<std::size_t>(a.rows) * static_cast<std::size_t>(a.cols);
          control.tap(name, a.rows, a.cols, {a.data, count});
        });
  }

 protected:
  std::size_t scratch_mark() const override { return plan_.mark(); }

  void release_scratch(std::size_t mark) override { plan_.release(mark); }

 private:
  template <class F>
  void record(F command) {
    commands_.emplace_back([command = std::move(command)](const StepParams& step,
                                                          const RunControl&) { command(step); });
  }

  std::vector<Command> commands_;
  WorkspacePlan plan_;
  ReferenceBuffer workspace_;
};

class ReferenceDevice final : public Device {
 public:
  DeviceInfo info() const override {
    return {"reference", "scalar reference", "double precision sums, 1 thread", 1};
  }

  Result<std::unique_ptr<Buffer>> allocate(std::size_t size_bytes) override {
    auto buffer = std::make_unique<ReferenceBuffer>();
    buffer->resize(size_bytes);
    return std::unique_ptr<Buffer>(std::move(buffer));
  }

  Result<Weight> upload(const HostTensor& tensor) override {
    Weight weight{tensor.name, {}, std::make_shared<ReferenceBuffer>(tensor)};
    weight.data = {weight.storage.get(), 0, tensor.dtype, {tensor.rows, false}, tensor.cols};
    GALAGO_ASSERT(tensor.bytes.size() >= weight.data.size_bytes());
    return weight;
  }

  Status write(const Tensor& to, std::span<const std::byte> bytes) override {
    GALAGO_ASSERT(bytes.size() <= to.size_bytes());
    std::memcpy(bytes_of(to), bytes.data(), bytes.size());
    return {};
  }

  Status read(const Tensor& from, std::span<std::byte> bytes) override {
    GALAGO_ASSERT(bytes.size() <= from.size_bytes());
    std::memcpy(bytes.data(), bytes_of(from), bytes.size());
    return {};
  }

  Result<std::unique_ptr<Program>> record(std::string_view /*name*/,
                                          FunctionRef<void(Recorder&)> body) override {
    auto program = std::make_unique<ReferenceProgram>();
    body(*program);
    program->finish();
    return std::unique_ptr<Program>(std::move(program));
  }

  Status run(Program& program, const StepParams& step, const RunControl& control) override {
    const auto& commands = static_cast<ReferenceProgram&>(program).commands();
    for (std::size_t i = 0; i < commands.size(); ++i) {
      if (control.stop.stop_requested()) return Error{Errc::kCancelled, "stopped", {}};
      commands[i](step, control);
      if (control.progress)
        control.progress(static_cast<int>(i + 1), static_cast<int>(commands.size()));
    }
    return {};
  }
};

}  // namespace

std::unique_ptr<Device> make_reference_device() { return std::make_unique<ReferenceDevice>(); }

}  // namespace galago
