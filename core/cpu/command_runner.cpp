// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "cpu/command_runner.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "cpu/host_buffer.h"
#include "cpu/matmul/matmul.h"
#include "quant/dequantize.h"

namespace galago::cpu {
namespace {

/// What a task of a simple loop works on: some microseconds, so that waking a thread is worth it.
constexpr std::size_t kTaskFloats = 16384;

const float* floats(const Tensor& t) {
  return t ? reinterpret_cast<const float*>(bytes_of(t)) : nullptr;
}

float* mutable_floats(const Tensor& t) { return reinterpret_cast<float*>(mutable_bytes_of(t)); }

const float* row_of(const Tensor& t, std::size_t row) {
  return floats(t) + row * static_cast<std::size_t>(t.cols);
}

float* mutable_row_of(const Tensor& t, std::size_t row) {
  return mutable_floats(t) + row * static_cast<std::size_t>(t.cols);
}

std::size_t cols_of(const Tensor& t) { return static_cast<std::size_t>(t.cols); }

}  // namespace

int CommandRunner::rows_of(const Tensor& t) const {
  return t.rows.is_step ? std::min(step_.rows, t.rows.max) : t.rows.max;
}

std::size_t CommandRunner::elements_of(const Tensor& t) const {
  return static_cast<std::size_t>(rows_of(t)) * cols_of(t);
}

void CommandRunner::split(std::size_t count, std::size_t floats_each,
                          FunctionRef<void(std::size_t first, std::size_t last)> body) const {
  const std::size_t size =
      std::max<std::size_t>(1, kTaskFloats / std::max<std::size_t>(1, floats_each));
  const std::size_t tasks = (count + size - 1) / size;
  machine_.pool.parallel_for(static_cast<int>(tasks), [&](int task, int) {
    const std::size_t first = static_cast<std::size_t>(task) * size;
    body(first, std::min(count, first + size));
  });
}

void CommandRunner::operator()(const EmbedRows& op) const {
  const auto* ids = reinterpret_cast<const std::int32_t*>(bytes_of(op.ids));
  const std::size_t row_size = row_bytes(op.table.dtype, op.table.cols);
  const int picture_rows = op.pictures ? rows_of(op.pictures) : 0;
  split(static_cast<std::size_t>(rows_of(op.out)), cols_of(op.out),
        [&](std::size_t first, std::size_t last) {
          for (std::size_t r = first; r < last; ++r) {
            float* out = mutable_row_of(op.out, r);
            const std::int32_t id = ids[r];
            if (id >= 0) {
              GALAGO_ASSERT(id < op.table.rows.max);
              dequantize(op.table.dtype,
                         bytes_of(op.table) + static_cast<std::size_t>(id) * row_size, out,
                         op.table.cols);
            } else {
              const int picture_row = -1 - id;
              GALAGO_ASSERT(picture_row < picture_rows);
              std::copy_n(row_of(op.pictures, static_cast<std::size_t>(picture_row)), op.out.cols,
                          out);
            }
          }
        });
}

void CommandRunner::operator()(const RmsNorm& op) const {
  split(static_cast<std::size_t>(rows_of(op.x)), cols_of(op.x),
        [&](std::size_t first, std::size_t last) {
          machine_.kernels.rms_norm(row_of(op.x, first), static_cast<int>(last - first), op.x.cols,
                                    floats(op.gain), op.eps, mutable_row_of(op.out, first));
        });
}

void CommandRunner::operator()(const LayerNorm& op) const {
  split(static_cast<std::size_t>(rows_of(op.x)), cols_of(op.x),
        [&](std::size_t first, std::size_t last) {
          machine_.kernels.layer_norm(row_of(op.x, first), static_cast<int>(last - first),
                                      op.x.cols, floats(op.gain), floats(op.bias), op.eps,
                                      mutable_row_of(op.out, first));
        });
}

void CommandRunner::operator()(const SwiGlu& op) const {
  split(elements_of(op.out), 1, [&](std::size_t first, std::size_t last) {
    machine_.kernels.swiglu(floats(op.gate) + first, floats(op.up) + first,
                            mutable_floats(op.out) + first, last - first);
  });
}

void CommandRunner::operator()(const LastRow& op) const {
  const auto last = static_cast<std::size_t>(rows_of(op.x) - 1);
  std::copy_n(row_of(op.x, last), op.x.cols, mutable_floats(op.out));
}

void CommandRunner::operator()(const MatMul& op) const {
  std::array<MatmulPart, kMaxMatMulParts> parts;
  std::transform(op.parts.begin(), op.parts.end(), parts.begin(), [](const MatMul::Part& part) {
    return MatmulPart{bytes_of(part.w), part.out.cols,         floats(part.bias),
                      part.activation,  floats(part.residual), mutable_floats(part.out)};
  });
  galago::cpu::matmul({.x = floats(op.x),
                       .rows = rows_of(op.x),
                       .cols = op.x.cols,
                       .weight_type = op.parts.front().w.dtype,
                       .parts = std::span(parts).first(op.parts.size()),
                       .scratch = mutable_bytes_of(op.scratch)},
                      machine_.matmul_kernels, machine_.pool);
}

void CommandRunner::operator()(const Add& op) const {
  split(elements_of(op.out), 1, [&](std::size_t first, std::size_t last) {
    machine_.kernels.add(floats(op.a) + first, floats(op.b) + first, mutable_floats(op.out) + first,
                         last - first);
  });
}

void CommandRunner::operator()(const Activate& op) const {
  split(elements_of(op.out), 1, [&](std::size_t first, std::size_t last) {
    machine_.kernels.activate(op.activation, floats(op.x) + first, mutable_floats(op.out) + first,
                              last - first);
  });
}

void CommandRunner::operator()(const EmbedPatches& op) const {
  split(static_cast<std::size_t>(rows_of(op.out)), cols_of(op.out),
        [&](std::size_t first, std::size_t last) {
          for (std::size_t r = first; r < last; ++r) {
            const float* token = r == 0 ? floats(op.class_embd) : row_of(op.patches, r - 1);
            machine_.kernels.add(token, row_of(op.positions, r), mutable_row_of(op.out, r),
                                 cols_of(op.out));
          }
        });
}

void CommandRunner::operator()(const DepthwiseConv3x3& op) const {
  const float* w = floats(op.w);
  float* taps = mutable_floats(op.taps);
  for (int c = 0; c < op.x.cols; ++c)
    for (int tap = 0; tap < 9; ++tap) taps[tap * op.x.cols + c] = w[c * 9 + tap];
  const ConvArgs args{floats(op.x), op.grid,         op.x.cols,           op.stride,
                      taps,         floats(op.bias), floats(op.residual), mutable_floats(op.out)};
  const int out_height = (op.grid.height + op.stride - 1) / op.stride;
  const int out_width = (op.grid.width + op.stride - 1) / op.stride;
  split(static_cast<std::size_t>(out_height), static_cast<std::size_t>(out_width) * cols_of(op.x),
        [&](std::size_t first, std::size_t last) {
          machine_.kernels.depthwise_conv3x3(args, static_cast<int>(first), static_cast<int>(last));
        });
}

void CommandRunner::operator()(const AdaptiveAvgPool& op) const {
  const std::size_t row_floats = static_cast<std::size_t>(op.grid.positions()) * cols_of(op.x) /
                                 static_cast<std::size_t>(op.out_grid.height);
  split(static_cast<std::size_t>(op.out_grid.height), row_floats,
        [&](std::size_t first, std::size_t last) {
          machine_.kernels.adaptive_avg_pool(floats(op.x), op.grid, op.x.cols, op.out_grid,
                                             static_cast<int>(first), static_cast<int>(last),
                                             mutable_floats(op.out));
        });
}

void CommandRunner::operator()(const GlobalAvgPool& op) const {
  const int rows = rows_of(op.x);
  split(cols_of(op.x), static_cast<std::size_t>(rows), [&](std::size_t first, std::size_t last) {
    machine_.kernels.global_avg_pool(floats(op.x), rows, op.x.cols, static_cast<int>(first),
                                     static_cast<int>(last), mutable_floats(op.out));
  });
}

void CommandRunner::operator()(const ScaleChannels& op) const {
  split(static_cast<std::size_t>(rows_of(op.x)), cols_of(op.x),
        [&](std::size_t first, std::size_t last) {
          machine_.kernels.scale_channels(row_of(op.x, first), static_cast<int>(last - first),
                                          op.x.cols, floats(op.scale),
                                          mutable_row_of(op.out, first));
        });
}

void CommandRunner::operator()(const Tap& op) const {
  if (!control_.tap) return;
  control_.tap(op.name, rows_of(op.value), op.value.cols,
               {floats(op.value), elements_of(op.value)});
}

}  // namespace galago::cpu
