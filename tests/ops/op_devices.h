// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The devices that every op is tested on: the CPU with each instruction set this machine runs.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "cpu/cpu_device.h"
#include "op_case.h"

namespace galago::ops {

struct TestDevice {
  Isa isa;
  int threads;
};

inline std::vector<TestDevice> test_devices() {
  std::vector<TestDevice> devices;
  // Three threads: odd shares, and more than some machines have cores.
  for (const Isa isa : supported_isas()) devices.push_back({isa, 3});
  devices.push_back({supported_isas().back(), 1});
  return devices;
}

/// "avx512_vnni_3t"; GoogleTest allows no dash.
inline std::string name_of(const TestDevice& device) {
  std::string name(isa_name(device.isa));
  std::replace(name.begin(), name.end(), '-', '_');
  return name + "_" + std::to_string(device.threads) + "t";
}

inline void PrintTo(const TestDevice& device, std::ostream* out) { *out << name_of(device); }

inline std::string test_device_name(const testing::TestParamInfo<TestDevice>& info) {
  return name_of(info.param);
}

/// A test of one op on one device.
class OpTest : public testing::TestWithParam<TestDevice> {
 protected:
  void SetUp() override {
    auto device = make_cpu_device({GetParam().threads, GetParam().isa, Arithmetic::kExact});
    ASSERT_TRUE(device) << device.error().message();
    device_ = *std::move(device);
  }

  Device& device() { return *device_; }

  void check(const OpCase& op_case) { expect_equals_reference(*device_, op_case); }

 private:
  std::unique_ptr<Device> device_;
};

#define GALAGO_INSTANTIATE_OP_TEST(suite)                                              \
  INSTANTIATE_TEST_SUITE_P(Cpu, suite, testing::ValuesIn(galago::ops::test_devices()), \
                           galago::ops::test_device_name)

}  // namespace galago::ops
