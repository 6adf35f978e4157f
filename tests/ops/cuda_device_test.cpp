// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The CUDA device around its ops, on the processor; and whether there is a GPU.
#include "cuda/cuda_device.h"

#include <gtest/gtest.h>

#include <vector>

#include "cuda/host/host_machine.h"
#include "device/shape_recorder.h"
#include "owned_tensor.h"

namespace galago::cuda {
namespace {

std::unique_ptr<Device> host_device() {
  return *make_device_on(host::make_host_machine(host::Order::kForward), Arithmetic::kFast);
}

TEST(CudaGpu, IsThereOrSaysWhyNot) {
  const auto device = make_cuda_device({});
  if (!device) {
    EXPECT_EQ(device.error().code, Errc::kDevice);
    EXPECT_FALSE(device.error().detail.empty());
    GTEST_SKIP() << "the ops were tested on the processor only: " << device.error().detail;
  }
  EXPECT_EQ((*device)->info().kind, "cuda");
}

TEST(CudaProgram, TellsTapsInTheirPlaces) {
  const auto device = host_device();
  const Owned x(*device, {2, true}, 3, count_up(6));
  const auto program = record_checked(*device, "taps", [&](Recorder& r) {
    r.tap("before", x.tensor);
    r.add(x.tensor, x.tensor, x.tensor);
    r.tap("once", x.tensor);
    r.add(x.tensor, x.tensor, x.tensor);
    r.tap("twice", x.tensor);
  });
  ASSERT_TRUE(program);
  std::vector<std::string> names;
  std::vector<float> firsts;
  const auto look = [&](std::string_view name, int rows, int cols, std::span<const float> values) {
    names.emplace_back(name);
    firsts.push_back(values[0]);
    EXPECT_EQ(rows, 1);
    EXPECT_EQ(cols, 3);
  };
  RunControl control;
  control.tap = look;
  ASSERT_TRUE(device->run(**program, {0, 1}, control));
  EXPECT_EQ(names, (std::vector<std::string>{"before", "once", "twice"}));
  EXPECT_EQ(firsts, (std::vector<float>{1, 2, 4}));
  ASSERT_TRUE(device->run(**program, {0, 1}, {}));  // and without anyone who listens
  EXPECT_EQ(x.read(*device)[0], 16);
}

/// Sections of many rows end early when a stop is asked for, and say how far they are.
TEST(CudaProgram, StopsBetweenSections) {
  const auto device = host_device();
  const Owned x(*device, {16, false}, 1, std::vector<float>(16, 1));
  const auto program = record_checked(*device, "adds", [&](Recorder& r) {
    for (int i = 0; i < 100; ++i) r.activate(x.tensor, Activation::kRelu, x.tensor);
  });
  ASSERT_TRUE(program);
  std::vector<int> seen;
  std::stop_source source;
  const auto note = [&](int done, int total) {
    EXPECT_EQ(total, 100);
    seen.push_back(done);
    if (seen.size() == 2) source.request_stop();
  };
  RunControl control;
  control.progress = note;
  control.stop = source.get_token();
  const Status stopped = device->run(**program, {}, control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, Errc::kCancelled);
  EXPECT_EQ(seen.size(), 2U);
  EXPECT_LT(seen[1], 100);
  control.stop = {};
  seen.clear();
  ASSERT_TRUE(device->run(**program, {}, control));
  EXPECT_EQ(seen.back(), 100);
}

TEST(CudaProgram, RefusesHeadsItHasNoRoomFor) {
  const auto device = host_device();
  const Owned q(*device, {2, true}, 256);
  const Owned kv(*device, {64, false}, 256);
  const Owned mask(*device, {1, false}, 64);
  const Owned out(*device, {2, true}, 256);
  const auto program = record_checked(*device, "wide", [&](Recorder& r) {
    r.attention_causal(q.tensor, {kv.tensor, kv.tensor, 1, 64}, mask.tensor, out.tensor);
  });
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().code, Errc::kUnsupported);
}

/// What the workspace says is what is taken: a run touches nothing beside it.
TEST(CudaProgram, KnowsItsWorkspace) {
  const auto device = host_device();
  const Owned x(*device, {50, false}, 33, count_up(50 * 33));
  const Owned out(*device, {50, false}, 33);
  const auto program = record_checked(*device, "chain", [&](Recorder& r) {
    const Tensor a = r.scratch({50, false}, 33);
    r.add(x.tensor, x.tensor, a);
    r.add(a, x.tensor, out.tensor);
  });
  ASSERT_TRUE(program);
  EXPECT_GE((*program)->workspace_bytes(), 50U * 33 * 4);
  EXPECT_LE((*program)->workspace_bytes(), 50U * 33 * 4 + 64);
  ASSERT_TRUE(device->run(**program, {}, {}));
  EXPECT_EQ(out.read(*device)[0], 3);
}

TEST(FibersDeathTest, ABarrierInABranchEndsTheProgram) {
  const auto half_waits = [] {
    host::Fibers fibers(host::Order::kForward);
    auto body = [&] {
      if (fibers.current() < 16) fibers.wait_for_block();
    };
    fibers.run(64, body);
  };
  EXPECT_DEATH(half_waits(), "threads wait for others that do not come");
}

TEST(Fibers, RunInTheOrderAskedForBetweenBarriers) {
  for (const host::Order order : {host::Order::kForward, host::Order::kBackward}) {
    host::Fibers fibers(order);
    std::vector<int> seen;
    auto body = [&] {
      seen.push_back(fibers.current());
      fibers.wait_for_block();
      EXPECT_EQ(seen.size(), 32U);
    };
    fibers.run(32, body);
    EXPECT_EQ(seen.front(), order == host::Order::kForward ? 0 : 31);
    EXPECT_EQ(seen.back(), order == host::Order::kForward ? 31 : 0);
  }
}

}  // namespace
}  // namespace galago::cuda
