// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The devices that every op is tested on: the CPU with each instruction set this machine runs, and
// the GPUs that this build knows.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "cpu/cpu_device.h"
#include "cuda/cuda_device.h"
#include "cuda/host/host_machine.h"
#include "op_case.h"
#include "vulkan/vulkan_device.h"

namespace galago::ops {

struct TestDevice {
  std::string name;  ///< "avx512_vnni_3t"; GoogleTest allows no dash
  /// Errors: kDevice where this machine does not have it; the test is then skipped.
  std::function<Result<std::unique_ptr<Device>>(Arithmetic)> make;
  /// Relative error of a smooth activation, however small its result.
  double activation_limit = 2e-6;
};

inline TestDevice cpu_test_device(Isa isa, int threads) {
  std::string name(isa_name(isa));
  std::replace(name.begin(), name.end(), '-', '_');
  return {name + "_" + std::to_string(threads) + "t",
          [=](Arithmetic arithmetic) {
            return make_cpu_device({threads, isa, arithmetic});
          },
          // Without fused multiply-add the far tail of GELU (below 1e-20) is a little less exact.
          isa == Isa::kScalar ? 6e-6 : 2e-6};
}

/// The CUDA device's kernels as code of the processor, their threads in one order or the other.
inline TestDevice cuda_host_test_device(std::string name, cuda::host::Order order) {
  return {std::move(name),
          [=](Arithmetic arithmetic) {
            return cuda::make_device_on(cuda::host::make_host_machine(order), arithmetic);
          },
          6e-6};
}

inline TestDevice cuda_test_device() {
  return {"cuda", [](Arithmetic arithmetic) { return make_cuda_device({arithmetic}); }, 6e-6};
}

/// With the validation layers: their first message fails whatever is done next.
inline TestDevice vulkan_test_device(std::string name, VulkanOptions options) {
  options.validation = true;
  // Divisions may be off by 2.5 units of the last place, and fma() need not be fused.
  return {std::move(name), [=](Arithmetic) { return make_vulkan_device(options); }, 1e-5};
}

inline std::vector<TestDevice> test_devices() {
  std::vector<TestDevice> devices;
  // Three threads: odd shares, and more than some machines have cores.
  for (const Isa isa : supported_isas()) devices.push_back(cpu_test_device(isa, 3));
  devices.push_back(cpu_test_device(supported_isas().back(), 1));
  devices.push_back(cuda_host_test_device("cuda_host", cuda::host::Order::kForward));
  devices.push_back(cuda_host_test_device("cuda_host_backward", cuda::host::Order::kBackward));
  if (make_cuda_device({})) devices.push_back(cuda_test_device());
  devices.push_back(vulkan_test_device("vulkan", {}));
  // Nothing but what every device has.
  devices.push_back(vulkan_test_device("vulkan_plain", {.subgroups = false, .staging = true}));
  return devices;
}

inline void PrintTo(const TestDevice& device, std::ostream* out) { *out << device.name; }

inline std::string test_device_name(const testing::TestParamInfo<TestDevice>& info) {
  return info.param.name;
}

/// A test of one op on one device.
class OpTest : public testing::TestWithParam<TestDevice> {
 protected:
  void SetUp() override {
    auto device = GetParam().make(Arithmetic::kExact);
    if (!device && device.error().code == Errc::kDevice) GTEST_SKIP() << device.error().message();
    ASSERT_TRUE(device) << device.error().message();
    device_ = *std::move(device);
  }

  Device& device() { return *device_; }

  void check(const OpCase& op_case) { expect_equals_reference(*device_, op_case); }

 private:
  std::unique_ptr<Device> device_;
};

#define GALAGO_INSTANTIATE_OP_TEST(suite)                                                  \
  INSTANTIATE_TEST_SUITE_P(Devices, suite, testing::ValuesIn(galago::ops::test_devices()), \
                           galago::ops::test_device_name)

}  // namespace galago::ops
