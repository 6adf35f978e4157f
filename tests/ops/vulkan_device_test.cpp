// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The Vulkan device around its ops: limits that make it split, memory the host cannot see, stops,
// taps, refusals.
#include "vulkan/vulkan_device.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "device/shape_recorder.h"
#include "op_case.h"

namespace galago::ops {
namespace {

class VulkanDevice : public testing::Test {
 protected:
  void SetUp() override { open({}); }

  void open(VulkanOptions options) {
    options.validation = true;
    auto device = make_vulkan_device(options);
    if (!device && device.error().code == Errc::kDevice) GTEST_SKIP() << device.error().message();
    ASSERT_TRUE(device) << device.error().message();
    device_ = *std::move(device);
  }

  Device& device() { return *device_; }

  /// [rows, cols] f32 in the device's memory.
  Tensor tensor(RowCount rows, int cols, const std::vector<float>& values = {}) {
    Tensor tensor{nullptr, 0, DType::kF32, rows, cols};
    buffers_.push_back(*device_->allocate(tensor.size_bytes()));
    tensor.buffer = buffers_.back().get();
    EXPECT_TRUE(device_->write(tensor, std::as_bytes(std::span(values))));
    return tensor;
  }

  std::vector<float> read(const Tensor& tensor) {
    std::vector<float> values(tensor.size_bytes() / sizeof(float));
    EXPECT_TRUE(device_->read(tensor, std::as_writable_bytes(std::span(values))));
    return values;
  }

  std::unique_ptr<Device> device_;
  std::vector<std::unique_ptr<Buffer>> buffers_;
};

std::vector<float> count_up(int count) {
  std::vector<float> values(static_cast<std::size_t>(count));
  std::iota(values.begin(), values.end(), 1.0F);
  return values;
}

TEST_F(VulkanDevice, SaysWhatItIs) {
  const DeviceInfo info = device().info();
  EXPECT_EQ(info.kind, "vulkan");
  EXPECT_FALSE(info.name.empty());
  EXPECT_TRUE(info.detail.starts_with("Vulkan 1.")) << info.detail;
}

TEST_F(VulkanDevice, MemoryIsZeroHoweverTheHostReachesIt) {
  for (const bool staging : {false, true}) {
    open({.staging = staging});
    for (const std::size_t size : {std::size_t{4}, std::size_t{20000}, std::size_t{9} << 20}) {
      auto buffer = device().allocate(size);
      ASSERT_TRUE(buffer) << buffer.error().message();
      EXPECT_EQ((*buffer)->size_bytes(), size);
      std::vector<std::byte> bytes(size, std::byte{1});
      const Tensor all{buffer->get(), 0, DType::kF32, {static_cast<int>(size / 4), false}, 1};
      ASSERT_TRUE(device().read(all, bytes));
      EXPECT_EQ(bytes, std::vector<std::byte>(size));
      for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 7);
      ASSERT_TRUE(device().write(all, bytes));
      std::vector<std::byte> back(size);
      ASSERT_TRUE(device().read(all, back));
      EXPECT_TRUE(back == bytes);
    }
    ASSERT_TRUE(device().allocate(0));
  }
}

TEST_F(VulkanDevice, TooMuchMemoryIsAnError) {
  const auto buffer = device().allocate(std::numeric_limits<std::size_t>::max() / 2);
  ASSERT_FALSE(buffer);
  EXPECT_EQ(buffer.error().code, Errc::kOutOfMemory);
}

// Bindings as small as the rest allows: matrices and caches go through many dispatches.
TEST_F(VulkanDevice, SplitsWhatABindingDoesNotSpan) {
  open({.max_range = 20000});
  for (const DType dtype : {DType::kF16, DType::kQ4_0, DType::kQ6_K}) {
    for (const int rows : {1, 3, 9}) {
      Random random(1);
      OpCase c("split matmul");
      c.arrays = {input(random, {rows, true}, 256), output({rows, true}, 300),
                  input(random, {rows, true}, 300)};
      c.weights = {weight(random, 300, 256, dtype), weight(random, 1, 300)};
      c.steps = {{0, rows}};
      c.record = [](Recorder& r, const auto& t, const auto& w) {
        r.matmul(t[0], w[0], t[1], {&w[1], Activation::kSilu, t[2]});
      };
      expect_equals_reference(device(), c);
    }
    Random random(2);
    const std::vector<std::int32_t> ids = {0, 299, -1, 100, 37, -3, 200};
    OpCase c("split embed_rows");
    c.nmse_limit = 0;
    c.arrays = {array_of({7, true}, 1, DType::kI32, ids.data(), ids.size() * 4),
                input(random, {3, false}, 256), output({7, true}, 256)};
    c.weights = {weight(random, 300, 256, dtype)};
    c.steps = {{0, 7}};
    c.record = [](Recorder& r, const auto& t, const auto& w) {
      r.embed_rows(w[0], t[0], t[1], t[2]);
    };
    expect_equals_reference(device(), c);
  }
}

TEST_F(VulkanDevice, SplitsACacheByHeads) {
  open({.max_range = 30000});
  for (const int rows : {1, 9}) {
    Random random(3);
    const RowCount cache_rows{4 * 200, false};
    const Array angles = input(random, {200, false}, 32);
    const HostTensor k = weight(random, cache_rows.max, 32, DType::kF16);
    const HostTensor v = weight(random, cache_rows.max, 32, DType::kF16);
    OpCase c("split cache");
    c.nmse_limit = 1e-6;
    c.arrays = {in_out(input(random, {rows, true}, 8 * 32)),
                input(random, {rows, true}, 4 * 32),
                input(random, {rows, true}, 4 * 32),
                angles,
                in_out(array_of(cache_rows, 32, DType::kF16, k.bytes.data(), k.bytes.size())),
                in_out(array_of(cache_rows, 32, DType::kF16, v.bytes.data(), v.bytes.size())),
                input(random, {1, false}, 200),
                output({rows, true}, 8 * 32)};
    c.steps = {{0, rows}, {150, rows}, {190, rows}};
    c.record = [](Recorder& r, const auto& t, const auto&) {
      const KvLayer layer{t[4], t[5], 4, 200};
      r.rope_store_kv(t[0], t[1], t[2], t[3], layer);
      r.attention_causal(t[0], layer, t[6], t[7]);
    };
    expect_equals_reference(device(), c);
  }
}

TEST_F(VulkanDevice, ATensorThatNoBindingSpansIsRefused) {
  open({.max_range = 20000});
  const Tensor x = tensor({100, false}, 100);
  const auto program = record_checked(device(), "large", [&](Recorder& r) { r.add(x, x, x); });
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().code, Errc::kUnsupported);
}

TEST_F(VulkanDevice, TemporariesKeepTheirValuesBetweenDispatches) {
  const Tensor x = tensor({50, false}, 33, count_up(50 * 33));
  const Tensor out = tensor({50, false}, 33);
  const auto program = record_checked(device(), "chain", [&](Recorder& r) {
    const Tensor a = r.scratch({50, false}, 33);
    const Tensor b = r.scratch({50, false}, 33);
    r.add(x, x, a);
    r.add(a, x, b);
    r.add(a, b, out);
  });
  ASSERT_TRUE(program) << program.error().message();
  EXPECT_EQ((*program)->command_count(), 3);
  EXPECT_GE((*program)->workspace_bytes(), 2U * 50 * 33 * 4);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(device().run(**program, {}, {}));
  const std::vector<float> values = read(out);
  for (std::size_t i = 0; i < values.size(); ++i)
    ASSERT_EQ(values[i], 5 * static_cast<float>(i + 1));
}

TEST_F(VulkanDevice, ProgramsKeepTheirWeights) {
  auto gain = std::make_shared<std::vector<float>>(8, 2.0F);
  auto weight = device().upload({"gain", DType::kF32, 1, 8, std::as_bytes(std::span(*gain)), gain});
  ASSERT_TRUE(weight);
  const Tensor x = tensor({1, false}, 8, std::vector<float>(8, 3));
  const auto program =
      record_checked(device(), "gain", [&](Recorder& r) { r.rms_norm(x, *weight, 0, x); });
  ASSERT_TRUE(program);
  *weight = Weight{};
  ASSERT_TRUE(device().run(**program, {}, {}));
  EXPECT_NEAR(read(x)[7], 2, 1e-5);
}

/// Products of so much work that a program of them becomes several command buffers.
void record_long(Recorder& r, const Tensor& x, const Weight& w, int count) {
  const Recorder::Scope scope(r);
  const Tensor y = r.scratch(x.rows, x.cols);
  for (int i = 0; i < count; ++i) r.matmul(x, w, y, {});
}

TEST_F(VulkanDevice, AStopIsSeenWithinALongProgram) {
  Random random(4);
  const Weight w = *device().upload(weight(random, 2048, 2048, DType::kQ4_0));
  const Tensor x = tensor({1200, false}, 2048);  // 10 GFLOP a product
  const auto program =
      record_checked(device(), "long", [&](Recorder& r) { record_long(r, x, w, 5); });
  ASSERT_TRUE(program) << program.error().message();
  std::stop_source source;
  int last = 0;
  const auto stop_at_first = [&](int done, int total) {
    EXPECT_EQ(total, 5);
    EXPECT_GT(done, last);
    last = done;
    source.request_stop();
  };
  const Status status = device().run(**program, {}, {source.get_token(), stop_at_first, {}});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kCancelled);
  EXPECT_LT(last, 5);
}

TEST_F(VulkanDevice, ProgressEndsAtTheEnd) {
  const Tensor x = tensor({1, false}, 1, {1});
  const auto program = record_checked(device(), "adds", [&](Recorder& r) {
    for (int i = 0; i < 4; ++i) r.add(x, x, x);
  });
  int last = 0;
  const auto note = [&](int done, int) { last = done; };
  ASSERT_TRUE(device().run(**program, {}, {{}, note, {}}));
  EXPECT_EQ(last, (*program)->command_count());
  EXPECT_EQ(read(x)[0], 16);
}

TEST_F(VulkanDevice, TapsShowValuesOfTheirMoment) {
  for (const bool staging : {false, true}) {
    open({.staging = staging});
    const Tensor x = tensor({4, true}, 3, count_up(12));
    const auto program = record_checked(device(), "taps", [&](Recorder& r) {
      const Recorder::Scope scope(r);
      const Tensor y = r.scratch({4, true}, 3);
      r.tap("before", x);
      r.add(x, x, y);
      r.tap("double", y);
      r.add(y, x, y);
      r.tap("triple", y);
    });
    ASSERT_TRUE(program) << program.error().message();
    ASSERT_TRUE(device().run(**program, {0, 4}, {}));  // no one listens
    for (const int rows : {2, 4}) {
      std::vector<std::string> names;
      const auto look = [&](std::string_view name, int tap_rows, int cols,
                            std::span<const float> values) {
        EXPECT_EQ(tap_rows, rows);
        EXPECT_EQ(cols, 3);
        names.emplace_back(name);
        for (std::size_t i = 0; i < values.size(); ++i)
          EXPECT_EQ(values[i], static_cast<float>(names.size() * (i + 1)));
      };
      ASSERT_TRUE(device().run(**program, {0, rows}, {{}, {}, look}));
      EXPECT_EQ(names, (std::vector<std::string>{"before", "double", "triple"}));
    }
  }
}

TEST_F(VulkanDevice, TwoThreadsMayUseOneDevice) {
  const auto run = [&](float start) {
    Tensor x{nullptr, 0, DType::kF32, {64, false}, 600};
    const auto buffer = *device().allocate(x.size_bytes());
    x.buffer = buffer.get();
    const std::vector<float> values(64 * 600, start);
    ASSERT_TRUE(device().write(x, std::as_bytes(std::span(values))));
    const auto program = record_checked(device(), "adds", [&](Recorder& r) {
      const Tensor y = r.scratch({64, false}, 600);
      r.add(x, x, y);
      r.add(x, y, x);
    });
    ASSERT_TRUE(program) << program.error().message();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(device().run(**program, {}, {}));
    for (const float value : read(x)) ASSERT_EQ(value, start * 243);
  };
  std::thread other([&] { run(1); });
  run(2);
  other.join();
}

}  // namespace
}  // namespace galago::ops
