// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The CPU device around its ops: memory, programs, steps, stops, taps, refusals.
#include "cpu/cpu_device.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <thread>
#include <vector>

#include "base/cpu_cores.h"
#include "device/shape_recorder.h"
#include "owned_tensor.h"

namespace galago {
namespace {

std::unique_ptr<Device> cpu(int threads = 2) { return *make_cpu_device({threads, {}}); }

/// Memory of this process that is in use, in bytes.
std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

TEST(CpuDevice, SaysWhatItIs) {
  const auto device = *make_cpu_device({3, Isa::kScalar});
  const DeviceInfo info = device->info();
  EXPECT_EQ(info.kind, "cpu");
  EXPECT_FALSE(info.name.empty());
  EXPECT_EQ(info.detail, "scalar, 3 threads");
  EXPECT_EQ(info.threads, 3);
  EXPECT_EQ(cpu(0)->info().threads, compute_cores().count);
}

TEST(CpuDevice, RefusesWhatMakesNoSense) {
  for (const int threads : {-1, 100000}) {
    const auto device = make_cpu_device({threads, {}});
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, Errc::kInvalidArgument);
  }
}

TEST(CpuDevice, MemoryIsZeroAndCostsNothingUntilWritten) {
  const auto device = cpu();
  const std::size_t before = resident_bytes();
  constexpr std::size_t kSize = std::size_t{512} << 20;
  auto buffer = device->allocate(kSize);
  ASSERT_TRUE(buffer);
  EXPECT_EQ((*buffer)->size_bytes(), kSize);
  EXPECT_LT(resident_bytes(), before + (std::size_t{16} << 20));
  std::vector<std::byte> end(4096, std::byte{1});
  const Tensor last{buffer->get(), kSize - end.size(), DType::kF32, {1, false}, 1024};
  ASSERT_TRUE(device->read(last, end));
  EXPECT_EQ(end, std::vector<std::byte>(4096));
}

TEST(CpuDevice, TooMuchMemoryIsAnError) {
  const auto device = cpu();
  const auto buffer = device->allocate(std::numeric_limits<std::size_t>::max() / 2);
  ASSERT_FALSE(buffer);
  EXPECT_EQ(buffer.error().code, Errc::kOutOfMemory);
  const auto program = device->record("huge", [](Recorder& r) {
    for (int i = 0; i < 1 << 12; ++i) r.scratch({1 << 30, false}, 1 << 14);
  });
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().code, Errc::kOutOfMemory);
}

TEST(CpuDevice, AnEmptyBufferIsFine) {
  const auto device = cpu();
  auto buffer = device->allocate(0);
  ASSERT_TRUE(buffer);
  EXPECT_EQ((*buffer)->size_bytes(), 0U);
}

TEST(CpuDevice, WeightsStayInPlaceAndAlive) {
  const auto device = cpu();
  auto values = std::make_shared<std::vector<float>>(count_up(8));
  const std::weak_ptr<std::vector<float>> watch = values;
  const HostTensor host{"gain", DType::kF32, 1, 8, std::as_bytes(std::span(*values)), values};
  auto weight = device->upload(host);
  ASSERT_TRUE(weight);
  EXPECT_EQ(weight->name, "gain");
  (*values)[0] = 50;  // seen through the weight: nothing was copied
  const Owned x(*device, {1, false}, 8, count_up(8));
  const Owned out(*device, {1, false}, 8);
  auto program =
      device->record("gain", [&](Recorder& r) { r.rms_norm(x.tensor, *weight, 0, out.tensor); });
  ASSERT_TRUE(program);
  // A program keeps the weights it uses.
  *weight = Weight{};
  const_cast<HostTensor&>(host) = {};
  values.reset();
  EXPECT_FALSE(watch.expired());
  ASSERT_TRUE(device->run(**program, {}, {}));
  EXPECT_NEAR(out.read(*device)[0], 50 / std::sqrt(204.0F / 8), 1e-4);
  program->reset();
  EXPECT_TRUE(watch.expired());
}

TEST(CpuDevice, WeightsAtOddAddressesWork) {
  const auto device = cpu();
  const std::vector<float> gain = count_up(9);
  auto bytes = std::make_shared<std::vector<std::byte>>(9 * sizeof(float) + 1);
  std::memcpy(bytes->data() + 1, gain.data(), 9 * sizeof(float));
  const auto weight =
      device->upload({"odd", DType::kF32, 1, 9, std::span(*bytes).subspan(1), bytes});
  ASSERT_TRUE(weight);
  const Owned x(*device, {1, false}, 9, std::vector<float>(9, 2));
  const Owned out(*device, {1, false}, 9);
  const auto program =
      device->record("odd", [&](Recorder& r) { r.rms_norm(x.tensor, *weight, 0, out.tensor); });
  ASSERT_TRUE(device->run(**program, {}, {}));
  EXPECT_EQ(out.read(*device), gain);
}

TEST(CpuProgram, TemporariesOfDifferentScopesShareMemory) {
  const auto device = cpu();
  const auto two_scopes = [](Recorder& r) {
    for (int i = 0; i < 2; ++i) {
      const Recorder::Scope scope(r);
      const Tensor a = r.scratch({100, false}, 100);
      const Tensor b = r.scratch({100, true}, 100);
      r.add(a, a, a);
      r.add(b, b, b);
    }
  };
  const auto program = record_checked(*device, "scopes", two_scopes);
  ASSERT_TRUE(program);
  EXPECT_EQ((*program)->command_count(), 4);
  EXPECT_GE((*program)->workspace_bytes(), 80000U);
  EXPECT_LE((*program)->workspace_bytes(), 80000U + 2 * 64);
}

TEST(CpuProgram, TemporariesKeepTheirValuesBetweenCommands) {
  const auto device = cpu();
  const Owned x(*device, {50, false}, 33, count_up(50 * 33));
  const Owned out(*device, {50, false}, 33);
  const auto program = record_checked(*device, "chain", [&](Recorder& r) {
    const Tensor a = r.scratch({50, false}, 33);
    const Tensor b = r.scratch({50, false}, 33);
    r.add(x.tensor, x.tensor, a);
    r.add(a, x.tensor, b);
    r.add(a, b, out.tensor);
  });
  ASSERT_TRUE(program);
  ASSERT_TRUE(device->run(**program, {}, {}));
  const std::vector<float> values = out.read(*device);
  for (std::size_t i = 0; i < values.size(); ++i)
    ASSERT_EQ(values[i], 5 * static_cast<float>(i + 1));
}

TEST(CpuProgram, OneProgramServesAnyStep) {
  const auto device = cpu();
  const Owned x(*device, {8, true}, 5, count_up(40));
  const Owned last(*device, {1, false}, 5);
  const auto program =
      record_checked(*device, "last", [&](Recorder& r) { r.last_row(x.tensor, last.tensor); });
  for (const int rows : {8, 1, 3}) {
    ASSERT_TRUE(device->run(**program, {0, rows}, {}));
    EXPECT_EQ(last.read(*device)[4], static_cast<float>(rows * 5));
  }
}

TEST(CpuProgram, AStopIsSeenBetweenCommands) {
  const auto device = cpu();
  const Owned x(*device, {1, false}, 1, {1});
  const auto program = record_checked(*device, "doubles", [&](Recorder& r) {
    for (int i = 0; i < 10; ++i) r.add(x.tensor, x.tensor, x.tensor);
  });
  std::stop_source source;
  RunControl control;
  control.stop = source.get_token();
  const auto stop_after_three = [&](int done, int total) {
    EXPECT_EQ(total, 10);
    if (done == 3) source.request_stop();
  };
  control.progress = stop_after_three;
  const Status status = device->run(**program, {}, control);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kCancelled);
  EXPECT_EQ(x.read(*device)[0], 8);
}

TEST(CpuProgram, ProgressCountsEveryCommandToTheEnd) {
  const auto device = cpu();
  const Owned x(*device, {1, false}, 1, {1});
  const auto program = record_checked(*device, "adds", [&](Recorder& r) {
    r.add(x.tensor, x.tensor, x.tensor);
    r.tap("x", x.tensor);
    r.add(x.tensor, x.tensor, x.tensor);
  });
  std::vector<int> seen;
  const auto note = [&](int done, int total) {
    EXPECT_EQ(total, (*program)->command_count());
    seen.push_back(done);
  };
  RunControl control;
  control.progress = note;
  ASSERT_TRUE(device->run(**program, {}, control));
  EXPECT_EQ(seen, (std::vector<int>{1, 2, 3}));
}

TEST(CpuProgram, TapsShowTheActiveRows) {
  const auto device = cpu();
  const Owned x(*device, {4, true}, 3, count_up(12));
  const auto program =
      record_checked(*device, "tap", [&](Recorder& r) { r.tap("here", x.tensor); });
  ASSERT_TRUE(device->run(**program, {0, 4}, {}));  // no one listens
  int calls = 0;
  const auto look = [&](std::string_view name, int rows, int cols, std::span<const float> values) {
    ++calls;
    EXPECT_EQ(name, "here");
    EXPECT_EQ(rows, 2);
    EXPECT_EQ(cols, 3);
    EXPECT_EQ(std::vector<float>(values.begin(), values.end()), count_up(6));
  };
  RunControl control;
  control.tap = look;
  ASSERT_TRUE(device->run(**program, {0, 2}, control));
  EXPECT_EQ(calls, 1);
}

TEST(CpuProgram, TwoThreadsMayRunProgramsOfOneDevice) {
  const auto device = cpu(2);
  const auto run = [&](float start) {
    const Owned x(*device, {64, false}, 600, std::vector<float>(64 * 600, start));
    const auto program = record_checked(*device, "adds", [&](Recorder& r) {
      const Tensor y = r.scratch({64, false}, 600);
      r.add(x.tensor, x.tensor, y);
      r.add(x.tensor, y, x.tensor);
    });
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(device->run(**program, {}, {}));
    for (const float value : x.read(*device)) ASSERT_EQ(value, start * 243);
  };
  std::thread other([&] { run(1); });
  run(2);
  other.join();
}

}  // namespace
}  // namespace galago
