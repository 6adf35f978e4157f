// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Views of device memory. Everything is rank 2, token-major: [rows, cols], rows contiguous; a
// picture of [h, w] positions with c channels is [h*w, c].
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/assert.h"
#include "base/dtype.h"

namespace galago {

/// Memory of one device. Devices derive their own; a buffer is only ever given back to the device
/// that made it.
class Buffer {
 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  virtual ~Buffer() = default;

  virtual std::size_t size_bytes() const = 0;
};

/// How many rows a tensor has: always `max`, or, when `is_step`, the `rows` of the running step
/// (StepParams) up to `max`.
struct RowCount {
  int max = 0;
  bool is_step = false;

  friend bool operator==(RowCount, RowCount) = default;
};

/// A view of [rows, cols] elements in a buffer; trivially copyable, owns nothing.
struct Tensor {
  Buffer* buffer = nullptr;
  std::size_t offset_bytes = 0;
  DType dtype = DType::kF32;
  RowCount rows;
  int cols = 0;

  explicit operator bool() const { return buffer != nullptr; }

  std::size_t size_bytes() const {
    return static_cast<std::size_t>(rows.max) * row_bytes(dtype, cols);
  }

  /// Rows [first, first + count) of a tensor with a fixed number of rows.
  Tensor row_range(int first, int count) const {
    GALAGO_ASSERT(!rows.is_step && first >= 0 && count >= 0 && first + count <= rows.max);
    Tensor view = *this;
    view.offset_bytes += static_cast<std::size_t>(first) * row_bytes(dtype, cols);
    view.rows.max = count;
    return view;
  }
};

/// An immutable parameter of a model on a device. Matrices keep their GGUF type, [out, in] =
/// [rows, cols]; vectors (gains, biases) and convolution kernels are f32.
struct Weight {
  std::string name;
  Tensor data;
  std::shared_ptr<Buffer> storage;  ///< keeps data.buffer alive
};

/// Height and width of a picture's positions; row `y * width + x` of a tensor is one position.
struct Grid {
  int height = 0;
  int width = 0;

  int positions() const { return height * width; }
};

/// One layer of a KV cache. k and v: [n_kv_heads * capacity, head_dim] f16 or f32, head-major: row
/// `head * capacity + position`.
struct KvLayer {
  Tensor k;
  Tensor v;
  int n_kv_heads = 0;
  int capacity = 0;  ///< tokens
};

}  // namespace galago
