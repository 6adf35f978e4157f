// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "devices/device_check.h"

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "device/shape_recorder.h"
#include "reference/reference_device.h"

namespace galago {
namespace {

constexpr int kCols = 256;
constexpr int kOuts = 96;
constexpr int kRows = 12;  ///< more than any kernel for few rows takes
constexpr int kHeadDim = 64;
constexpr int kCapacity = 40;
/// Of the mean square: wide enough for x rounded to 8 bits, narrow enough for anything wrong.
constexpr double kLimit = 1e-3;

/// Small numbers around zero that depend on nothing.
std::vector<float> numbers(std::size_t count, std::uint32_t seed) {
  std::vector<float> values(count);
  for (float& value : values) {
    seed = seed * 1664525U + 1013904223U;
    value = static_cast<float>(seed >> 8) / 8388608.0F - 1;
  }
  return values;
}

HostTensor host_tensor(DType dtype, int rows, int cols, std::vector<std::byte> bytes) {
  auto owned = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  return {"check", dtype, rows, cols, *owned, owned};
}

HostTensor gain() {
  const std::vector<float> values = numbers(kCols, 7);
  const auto bytes = std::as_bytes(std::span(values));
  return host_tensor(DType::kF32, 1, kCols, {bytes.begin(), bytes.end()});
}

/// q4_0: blocks of a scale, 2^-4 in binary16, and any nibbles.
HostTensor quantised_matrix() {
  constexpr std::size_t kBlockBytes = 18;
  std::vector<std::byte> bytes(static_cast<std::size_t>(kOuts * kCols / 32) * kBlockBytes);
  std::uint32_t seed = 11;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    seed = seed * 1664525U + 1013904223U;
    const std::size_t at = i % kBlockBytes;
    bytes[i] = at == 0   ? std::byte{0x00}
               : at == 1 ? std::byte{0x2C}
                         : static_cast<std::byte>(seed >> 24);
  }
  return host_tensor(DType::kQ4_0, kOuts, kCols, std::move(bytes));
}

/// What the check computes on one device, for a step of `rows` rows.
class Sample {
 public:
  explicit Sample(Device& device) : device_(device) {}

  /// Normed rows, their products with a quantised matrix, and attention over a cache of them.
  Result<std::vector<float>> compute(int rows) {
    GALAGO_TRY(const Weight norm, device_.upload(gain()));
    GALAGO_TRY(const Weight matrix, device_.upload(quantised_matrix()));
    const RowCount row_count{rows, true};
    GALAGO_TRY(const Tensor x, input(row_count, kCols, 1));
    GALAGO_TRY(const Tensor q, input(row_count, kHeadDim, 2));
    GALAGO_TRY(const Tensor k, input(row_count, kHeadDim, 3));
    GALAGO_TRY(const Tensor angles, input({kCapacity, false}, kHeadDim, 4));
    GALAGO_TRY(const Tensor mask, input({1, false}, kCapacity, 5));
    GALAGO_TRY(const Tensor cache_k, allocate({kCapacity, false}, kHeadDim, DType::kF16));
    GALAGO_TRY(const Tensor cache_v, allocate({kCapacity, false}, kHeadDim, DType::kF16));
    GALAGO_TRY(const Tensor product, allocate(row_count, kOuts, DType::kF32));
    GALAGO_TRY(const Tensor mixed, allocate(row_count, kHeadDim, DType::kF32));
    const KvLayer cache{cache_k, cache_v, 1, kCapacity};
    GALAGO_TRY(const auto program, record_checked(device_, "check", [&](Recorder& r) {
                 const Recorder::Scope scope(r);
                 const Tensor normed = r.scratch(row_count, kCols);
                 r.rms_norm(x, norm, 1e-6F, normed);
                 r.matmul(normed, matrix, product, {nullptr, Activation::kSilu, {}});
                 r.rope_store_kv(q, k, k, angles, cache);
                 r.attention_causal(q, cache, mask, mixed);
               }));
    GALAGO_TRY(device_.run(*program, {kCapacity - rows, rows}, {}));
    GALAGO_TRY(std::vector<float> results, read(product));
    GALAGO_TRY(const std::vector<float> more, read(mixed));
    results.insert(results.end(), more.begin(), more.end());
    return results;
  }

 private:
  Result<Tensor> allocate(RowCount rows, int cols, DType dtype) {
    Tensor tensor{nullptr, 0, dtype, rows, cols};
    GALAGO_TRY(auto buffer, device_.allocate(tensor.size_bytes()));
    tensor.buffer = buffer.get();
    buffers_.push_back(std::move(buffer));
    return tensor;
  }

  Result<Tensor> input(RowCount rows, int cols, std::uint32_t seed) {
    GALAGO_TRY(const Tensor tensor, allocate(rows, cols, DType::kF32));
    const std::vector<float> values = numbers(tensor.size_bytes() / sizeof(float), seed);
    GALAGO_TRY(device_.write(tensor, std::as_bytes(std::span(values))));
    return tensor;
  }

  Result<std::vector<float>> read(const Tensor& tensor) {
    std::vector<float> values(tensor.size_bytes() / sizeof(float));
    GALAGO_TRY(device_.read(tensor, std::as_writable_bytes(std::span(values))));
    return values;
  }

  Device& device_;
  std::vector<std::unique_ptr<Buffer>> buffers_;
};

bool are_close(const std::vector<float>& actual, const std::vector<float>& expected) {
  double square_error = 0;
  double square = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    square_error += std::pow(static_cast<double>(actual[i]) - expected[i], 2);
    square += std::pow(static_cast<double>(expected[i]), 2);
  }
  return square_error <= kLimit * square;  // not so when there is a NaN
}

}  // namespace

Status check_device(Device& device) {
  const auto reference = make_reference_device();
  for (const int rows : {1, kRows}) {
    GALAGO_TRY(const std::vector<float> expected, Sample(*reference).compute(rows));
    GALAGO_TRY(const std::vector<float> actual, Sample(device).compute(rows));
    if (!are_close(actual, expected))
      return Error{Errc::kDevice,
                   device.info().name + " computes wrongly: " +
                       (rows == 1 ? "one row" : std::to_string(rows) + " rows") +
                       " of a test came out otherwise than on the processor",
                   {}};
  }
  return {};
}

}  // namespace galago
