// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The check that a GPU must pass: true devices do, one that lies does not.
#include "devices/device_check.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "cpu/cpu_device.h"
#include "reference/reference_device.h"

namespace galago {
namespace {

/// The reference, but for what it says when it is read.
class LyingDevice final : public Device {
 public:
  /// `lie`: the first number of every tensor that is read becomes this.
  explicit LyingDevice(float lie) : lie_(lie) {}

  DeviceInfo info() const override { return {"vulkan", "Liar", {}, 0}; }

  Result<std::unique_ptr<Buffer>> allocate(std::size_t size_bytes) override {
    return truth_->allocate(size_bytes);
  }

  Result<Weight> upload(const HostTensor& tensor) override { return truth_->upload(tensor); }

  Status write(const Tensor& to, std::span<const std::byte> bytes) override {
    return truth_->write(to, bytes);
  }

  Status read(const Tensor& from, std::span<std::byte> bytes) override {
    GALAGO_TRY(truth_->read(from, bytes));
    std::memcpy(bytes.data(), &lie_, sizeof(lie_));
    return {};
  }

  Result<std::unique_ptr<Program>> record(std::string_view name,
                                          FunctionRef<void(Recorder&)> body) override {
    return truth_->record(name, body);
  }

  Status run(Program& program, const StepParams& step, const RunControl& control) override {
    return truth_->run(program, step, control);
  }

 private:
  float lie_;
  std::unique_ptr<Device> truth_ = make_reference_device();
};

TEST(DeviceCheck, TrueDevicesPass) {
  EXPECT_TRUE(check_device(*make_reference_device()));
  const Status cpu = check_device(**make_cpu_device({2, {}}));
  EXPECT_TRUE(cpu) << cpu.error().message();
}

TEST(DeviceCheck, ALieIsFound) {
  for (const float lie :
       {1000.0F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    LyingDevice liar(lie);
    const Status status = check_device(liar);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Errc::kDevice);
    EXPECT_NE(status.error().detail.find("Liar computes wrongly"), std::string::npos);
  }
}

}  // namespace
}  // namespace galago
