// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// One op with its tensors, run on a device under test and on the scalar reference. Every tensor
// lies between fences; all of them are compared after every step: what the reference computes
// within a limit, what it leaves alone bit by bit.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "device/device.h"

namespace galago::ops {

/// Numbers that depend on nothing but the seed.
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}

  /// Normally distributed, times `scale`.
  std::vector<float> normal(std::size_t count, float scale = 1);

  /// 0 ≤ n < limit.
  int below(int limit) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(limit)); }

 private:
  std::mt19937 engine_;
};

/// A tensor of a case before any step.
struct Array {
  RowCount rows;
  int cols = 0;
  DType dtype = DType::kF32;
  std::vector<std::byte> bytes;
  bool is_output = false;  ///< others must never change
};

Array input(Random& random, RowCount rows, int cols, float scale = 1);
/// f32 or f16; filled with a number no op gives.
Array output(RowCount rows, int cols, DType dtype = DType::kF32);
Array array_of(RowCount rows, int cols, DType dtype, const void* data, std::size_t size);
/// An input that the op changes, or one that is input and output at once.
Array in_out(Array array);

/// [rows, cols] of any type but i32.
HostTensor weight(Random& random, int rows, int cols, DType dtype = DType::kF32, float scale = 1);

struct OpCase {
  explicit OpCase(std::string case_name) : name(std::move(case_name)) {}

  std::string name;
  double nmse_limit = 1e-7;
  std::vector<Array> arrays;
  std::vector<HostTensor> weights;
  std::vector<StepParams> steps{{}};
  /// `tensors` and `weights` in the order above.
  std::function<void(Recorder&, const std::vector<Tensor>& tensors,
                     const std::vector<Weight>& weights)>
      record;
};

/// The contents of all arrays after each step.
using Contents = std::vector<std::vector<std::vector<std::byte>>>;

/// Every step begins with the case's arrays. Fails the test when a fence is broken.
Contents run_on(Device& device, const OpCase& op_case);

/// Runs the case on both and compares.
void expect_equals_reference(Device& device, const OpCase& op_case);

}  // namespace galago::ops
