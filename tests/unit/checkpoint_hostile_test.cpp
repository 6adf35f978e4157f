// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Sound checkpoints damaged everywhere: cut off at each byte, each bit flipped, hostile numbers
// over everything. The readers must answer, be it with an error, without reading outside the file
// (the address sanitizer watches) and without allocating much (the meter below).
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

#include "allocation_meter.h"
#include "checkpoint/safetensors.h"
#include "checkpoint/torch_file.h"
#include "checkpoint_builder.h"

namespace galago {
namespace {

constexpr std::size_t kMegabyte = 1 << 20;

struct Format {
  const char* name;
  Bytes (*build)();
  Result<std::vector<CheckpointTensor>> (*read)(std::span<const std::byte>);
};

const Format kFormats[] = {
    {"archive", [] { return build_torch_file(sample_tensors()); }, read_torch_file},
    {"old", [] { return build_old_torch_file(sample_tensors()); }, read_torch_file},
    {"safetensors", [] { return build_safetensors(sample_tensors()); }, read_safetensors},
};

class CheckpointHostileTest : public testing::TestWithParam<Format> {
 protected:
  /// Reads an exact copy on the heap and, if that works, uses it, with the meter running.
  void survive(const Bytes& damaged) {
    const Bytes bytes = damaged;
    reset_allocations();
    const auto tensors = GetParam().read(bytes);
    if (tensors) {
      ++accepted_;
      volatile double sink = exercise(*tensors);
      static_cast<void>(sink);
    } else {
      ++refused_;
      ASSERT_FALSE(tensors.error().detail.empty());
      ASSERT_LT(tensors.error().message().size(), 1000U);
    }
    ASSERT_LT(allocations().largest, kMegabyte);
    ASSERT_LT(allocations().bytes, 4 * kMegabyte);
  }

  template <class T>
  void overwrite_everywhere() {
    constexpr T kMax = std::numeric_limits<T>::max();
    constexpr std::array<T, 9> kHostile = {0,
                                           1,
                                           255,
                                           static_cast<T>(kMax / 8),
                                           static_cast<T>(kMax / 2),
                                           static_cast<T>(kMax / 2 + 1),
                                           static_cast<T>(kMax - 46),
                                           static_cast<T>(kMax - 7),
                                           kMax};
    const Bytes sound = GetParam().build();
    for (std::size_t at = 0; at + sizeof(T) <= sound.size(); ++at)
      for (const T value : kHostile) {
        Bytes bytes = sound;
        std::memcpy(bytes.data() + at, &value, sizeof value);
        survive(bytes);
        if (HasFatalFailure()) FAIL() << value << " at " << at;
      }
    EXPECT_GT(refused_, 1000);
  }

  int accepted_ = 0;
  int refused_ = 0;
};

TEST_P(CheckpointHostileTest, IsSoundAtFirst) {
  survive(GetParam().build());
  EXPECT_EQ(accepted_, 1);
}

TEST_P(CheckpointHostileTest, CutOffAtEveryByte) {
  const Bytes sound = GetParam().build();
  for (std::size_t size = 0; size < sound.size(); ++size) {
    survive(Bytes(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(size)));
    if (HasFatalFailure()) FAIL() << "at " << size;
  }
  EXPECT_EQ(accepted_, 0);
}

TEST_P(CheckpointHostileTest, EveryBitFlipped) {
  const Bytes sound = GetParam().build();
  for (std::size_t at = 0; at < sound.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      Bytes bytes = sound;
      bytes[at] ^= static_cast<std::byte>(1 << bit);
      survive(bytes);
      if (HasFatalFailure()) FAIL() << "bit " << bit << " of byte " << at;
    }
  EXPECT_GT(accepted_, 100);  // numbers and names
  EXPECT_GT(refused_, 100);
}

TEST_P(CheckpointHostileTest, HostileNumbersOf16Bits) { overwrite_everywhere<std::uint16_t>(); }

TEST_P(CheckpointHostileTest, HostileNumbersOf32Bits) { overwrite_everywhere<std::uint32_t>(); }

TEST_P(CheckpointHostileTest, HostileNumbersOf64Bits) { overwrite_everywhere<std::uint64_t>(); }

INSTANTIATE_TEST_SUITE_P(Formats, CheckpointHostileTest, testing::ValuesIn(kFormats),
                         [](const testing::TestParamInfo<Format>& tested) {
                           return std::string(tested.param.name);
                         });

}  // namespace
}  // namespace galago
