// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Tensors for tests of devices.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <vector>

#include "device/device.h"

namespace galago {

/// A device tensor of f32 with its memory.
struct Owned {
  Owned(Device& device, RowCount rows, int cols, const std::vector<float>& values = {}) {
    tensor = {nullptr, 0, DType::kF32, rows, cols};
    buffer = *device.allocate(tensor.size_bytes());
    tensor.buffer = buffer.get();
    EXPECT_TRUE(device.write(tensor, std::as_bytes(std::span(values))));
  }

  std::vector<float> read(Device& device) const {
    std::vector<float> values(tensor.size_bytes() / sizeof(float));
    EXPECT_TRUE(device.read(tensor, std::as_writable_bytes(std::span(values))));
    return values;
  }

  Tensor tensor;
  std::unique_ptr<Buffer> buffer;
};

inline std::vector<float> count_up(int count) {
  std::vector<float> values(static_cast<std::size_t>(count));
  std::iota(values.begin(), values.end(), 1.0F);
  return values;
}

}  // namespace galago
