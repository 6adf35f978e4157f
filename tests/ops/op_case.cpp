// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "op_case.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/half.h"
#include "device/shape_recorder.h"
#include "quant/quantize.h"
#include "reference/reference_device.h"

namespace galago::ops {
namespace {

/// Not a multiple of a vector: tensors are aligned to a float, no more.
constexpr std::size_t kFence = 260;
constexpr std::byte kFenceByte{0xA5};
constexpr float kUntouched = 12345.678F;

template <class T>
std::vector<std::byte> to_bytes(const std::vector<T>& values) {
  std::vector<std::byte> bytes(values.size() * sizeof(T));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// An array on a device, between fences.
class FencedTensor {
 public:
  FencedTensor(Device& device, const Array& array) : device_(device), array_(array) {
    auto buffer = device.allocate(array.bytes.size() + 2 * kFence);
    EXPECT_TRUE(buffer) << buffer.error().message();
    buffer_ = *std::move(buffer);
    // With both fences: read and written as so many pairs of bytes.
    whole_ = {buffer_.get(), 0, DType::kF16, {0, false}, 1};
    whole_.rows.max = static_cast<int>(buffer_->size_bytes() / 2 + 1);
  }

  Tensor tensor() const { return {buffer_.get(), kFence, array_.dtype, array_.rows, array_.cols}; }

  void reset() {
    std::vector<std::byte> bytes(buffer_->size_bytes(), kFenceByte);
    std::copy(array_.bytes.begin(), array_.bytes.end(), bytes.begin() + kFence);
    EXPECT_TRUE(device_.write(whole_, bytes));
  }

  /// The array's bytes; fails the test when a fence has changed.
  std::vector<std::byte> contents() {
    std::vector<std::byte> bytes(buffer_->size_bytes());
    EXPECT_TRUE(device_.read(whole_, bytes));
    const auto is_fence = [](std::byte b) { return b == kFenceByte; };
    EXPECT_TRUE(std::all_of(bytes.begin(), bytes.begin() + kFence, is_fence)) << "written before";
    EXPECT_TRUE(std::all_of(bytes.end() - kFence, bytes.end(), is_fence)) << "written behind";
    return {bytes.begin() + kFence, bytes.end() - kFence};
  }

 private:
  Device& device_;
  const Array& array_;
  std::unique_ptr<Buffer> buffer_;
  Tensor whole_;
};

std::vector<std::vector<std::byte>> contents_of(std::vector<FencedTensor>& tensors) {
  std::vector<std::vector<std::byte>> contents;
  for (FencedTensor& tensor : tensors) contents.push_back(tensor.contents());
  return contents;
}

std::size_t element_size(DType dtype) { return row_bytes(dtype, 1); }

double value_at(DType dtype, const std::byte* bytes) {
  if (dtype == DType::kF16) {
    std::uint16_t half = 0;
    std::memcpy(&half, bytes, sizeof(half));
    return half_to_float(half);
  }
  float value = 0;
  std::memcpy(&value, bytes, sizeof(value));
  return value;
}

/// Elements that the reference leaves as they were must be so; the error of the others is limited.
void expect_close(const Array& array, const std::vector<std::byte>& expected,
                  const std::vector<std::byte>& actual, double nmse_limit) {
  ASSERT_EQ(expected.size(), actual.size());
  const std::size_t size = element_size(array.dtype);
  double square_error = 0;
  double square = 0;
  double worst = 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < expected.size(); at += size) {
    if (std::memcmp(&expected[at], &array.bytes[at], size) == 0) {
      ASSERT_EQ(std::memcmp(&actual[at], &expected[at], size), 0)
          << "element " << at / size << " was not to be written";
      continue;
    }
    const double truth = value_at(array.dtype, &expected[at]);
    const double error = value_at(array.dtype, &actual[at]) - truth;
    ASSERT_FALSE(std::isnan(error)) << "element " << at / size;
    square_error += error * error;
    square += truth * truth;
    worst = std::max(worst, std::abs(error));
    ++count;
  }
  ASSERT_GT(count, 0U) << "the reference computed nothing";
  EXPECT_LE(square_error, nmse_limit * square) << "NMSE " << square_error / square;
  const double rms = std::sqrt(square / static_cast<double>(count));
  EXPECT_LE(worst, 10 * std::sqrt(nmse_limit) * rms) << "worst element, rms " << rms;
}

}  // namespace

std::vector<float> Random::normal(std::size_t count, float scale) {
  std::vector<float> values(count);
  for (float& value : values) {
    // Box and Muller: std::normal_distribution differs between libraries.
    const double u = (static_cast<double>(engine_()) + 1) / 4294967297.0;
    const double v = static_cast<double>(engine_()) / 4294967296.0;
    value = scale *
            static_cast<float>(std::sqrt(-2 * std::log(u)) * std::cos(2 * 3.14159265358979 * v));
  }
  return values;
}

Array array_of(RowCount rows, int cols, DType dtype, const void* data, std::size_t size) {
  Array array{rows, cols, dtype, std::vector<std::byte>(size), false};
  std::memcpy(array.bytes.data(), data, size);
  return array;
}

Array input(Random& random, RowCount rows, int cols, float scale) {
  const auto count = static_cast<std::size_t>(rows.max) * static_cast<std::size_t>(cols);
  return {rows, cols, DType::kF32, to_bytes(random.normal(count, scale)), false};
}

Array output(RowCount rows, int cols, DType dtype) {
  const auto count = static_cast<std::size_t>(rows.max) * static_cast<std::size_t>(cols);
  if (dtype == DType::kF16)
    return {rows, cols, dtype,
            to_bytes(std::vector<std::uint16_t>(count, float_to_half(kUntouched))), true};
  return {rows, cols, dtype, to_bytes(std::vector<float>(count, kUntouched)), true};
}

Array in_out(Array array) {
  array.is_output = true;
  return array;
}

HostTensor weight(Random& random, int rows, int cols, DType dtype, float scale) {
  const auto count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols);
  const std::vector<float> values = random.normal(count, scale);
  auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(rows) *
                                                        row_bytes(dtype, cols));
  quantize(dtype, values.data(), bytes->data(), static_cast<std::int64_t>(count));
  return {"weight", dtype, rows, cols, *bytes, bytes};
}

Contents run_on(Device& device, const OpCase& op_case) {
  std::vector<Weight> weights;
  for (const HostTensor& host : op_case.weights) {
    auto uploaded = device.upload(host);
    EXPECT_TRUE(uploaded) << uploaded.error().message();
    weights.push_back(*std::move(uploaded));
  }
  std::vector<FencedTensor> fenced;
  std::vector<Tensor> tensors;
  for (const Array& array : op_case.arrays) {
    fenced.emplace_back(device, array);
    tensors.push_back(fenced.back().tensor());
  }
  auto program = record_checked(device, op_case.name,
                                [&](Recorder& r) { op_case.record(r, tensors, weights); });
  EXPECT_TRUE(program) << program.error().message();
  Contents contents;
  for (const StepParams& step : op_case.steps) {
    for (FencedTensor& tensor : fenced) tensor.reset();
    const Status status = device.run(**program, step, {});
    EXPECT_TRUE(status) << status.error().message();
    contents.push_back(contents_of(fenced));
  }
  return contents;
}

void expect_equals_reference(Device& device, const OpCase& op_case) {
  SCOPED_TRACE(op_case.name);
  const Contents expected = run_on(*make_reference_device(), op_case);
  const Contents actual = run_on(device, op_case);
  ASSERT_EQ(expected.size(), actual.size());
  for (std::size_t s = 0; s < expected.size(); ++s) {
    for (std::size_t i = 0; i < op_case.arrays.size(); ++i) {
      const StepParams& step = op_case.steps[s];
      SCOPED_TRACE("array " + std::to_string(i) + ", position " + std::to_string(step.position) +
                   ", rows " + std::to_string(step.rows));
      const Array& array = op_case.arrays[i];
      if (array.is_output) {
        expect_close(array, expected[s][i], actual[s][i], op_case.nmse_limit);
      } else {
        EXPECT_TRUE(actual[s][i] == array.bytes) << "an input has changed";
      }
    }
  }
}

}  // namespace galago::ops
