// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// A sound file damaged everywhere: cut off at each byte, and with hostile numbers written over each
// field and everything between. The reader must answer, be it with an error, without reading
// outside the file (the address sanitizer watches) and without allocating much (the meter below).
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>

#include "allocation_meter.h"
#include "gguf_builder.h"

namespace galago {
namespace {

constexpr std::size_t kMegabyte = 1 << 20;

struct Outcome {
  int accepted = 0;
  int refused = 0;
};

/// Parses and, if that works, uses the file, with the meter running.
void survive(const Bytes& bytes, Outcome& outcome) {
  reset_allocations();
  const auto file = parse_copy(bytes);
  if (file) {
    ++outcome.accepted;
    volatile double sink = exercise(**file);
    static_cast<void>(sink);
  } else {
    ++outcome.refused;
    ASSERT_FALSE(file.error().detail.empty());
    ASSERT_LT(file.error().message().size(), 1000U);
  }
  ASSERT_LT(allocations().largest, kMegabyte);
  ASSERT_LT(allocations().bytes, 8 * kMegabyte);
}

/// The sample's bytes and where its head ends.
struct Sample {
  Bytes bytes;
  std::size_t head = 0;
};

Sample sample() {
  const GgufHeader header = sample_header();
  return {build_gguf(header), header.encode()->size()};
}

TEST(GgufHostileTest, TheMeterMeters) {
  reset_allocations();
  const std::vector<char> memory(12345);
  EXPECT_GE(allocations().bytes, 12345U);
  EXPECT_GE(allocations().largest, 12345U);
}

TEST(GgufHostileTest, CutOffAtEveryByte) {
  const Sample s = sample();
  Outcome outcome;
  for (std::size_t size = 0; size <= s.head; ++size) {
    survive(Bytes(s.bytes.begin(), s.bytes.begin() + static_cast<std::ptrdiff_t>(size)), outcome);
    if (HasFatalFailure()) FAIL() << "at " << size;
  }
  // Some of the data is always missing.
  EXPECT_EQ(outcome.accepted, 0);
}

TEST(GgufHostileTest, EveryBitFlipped) {
  const Sample s = sample();
  Outcome outcome;
  for (std::size_t at = 0; at < s.head; ++at)
    for (int bit = 0; bit < 8; ++bit) {
      Bytes bytes = s.bytes;
      bytes[at] ^= static_cast<std::byte>(1 << bit);
      survive(bytes, outcome);
      if (HasFatalFailure()) FAIL() << "bit " << bit << " of byte " << at;
    }
  EXPECT_GT(outcome.accepted, 100);  // names and values
  EXPECT_GT(outcome.refused, 100);   // counts, lengths, types, offsets
}

template <class T>
void overwrite_everywhere() {
  constexpr T kMax = std::numeric_limits<T>::max();
  const std::array<T, 14> hostile = {0,
                                     1,
                                     2,
                                     9,
                                     13,
                                     255,
                                     0x7fff,
                                     0x10000,
                                     static_cast<T>(kMax / 18),
                                     static_cast<T>(kMax / 2),
                                     static_cast<T>(kMax / 2 + 1),
                                     static_cast<T>(kMax - 31),
                                     static_cast<T>(kMax - 7),
                                     kMax};
  const Sample s = sample();
  Outcome outcome;
  for (std::size_t at = 0; at + sizeof(T) <= s.head; ++at)
    for (const T value : hostile) {
      Bytes bytes = s.bytes;
      std::memcpy(bytes.data() + at, &value, sizeof value);
      survive(bytes, outcome);
      if (testing::Test::HasFatalFailure()) FAIL() << value << " at " << at;
    }
  EXPECT_GT(outcome.accepted, 100);
  EXPECT_GT(outcome.refused, 1000);
}

TEST(GgufHostileTest, HostileNumbersOf32BitsEverywhere) { overwrite_everywhere<std::uint32_t>(); }

TEST(GgufHostileTest, HostileNumbersOf64BitsEverywhere) { overwrite_everywhere<std::uint64_t>(); }

// Counts that the file is large enough for, as far as a single check can tell.
TEST(GgufHostileTest, LargeCountsInALargeFile) {
  Bytes bytes(kMegabyte, std::byte{0});
  std::memcpy(bytes.data(), "GGUF\3", 5);
  const std::uint64_t many = 40000;
  std::memcpy(bytes.data() + 8, &many, 8);
  std::memcpy(bytes.data() + 16, &many, 8);
  const auto file = parse_copy(bytes);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, Errc::kFormat);
}

// An array of arrays of arrays … whose counts multiply must not take time beyond the file's size.
TEST(GgufHostileTest, EmptyInnerArrays) {
  const std::uint64_t count = 80000;
  Bytes inner(count * 12, std::byte{0});  // u8 arrays without elements
  GgufValue value;
  value.type = GgufType::kArray;
  value.element_type = GgufType::kArray;
  value.count = count;
  value.bytes = inner;
  GgufHeader header;
  header.put_value("many", value);
  const auto file = parse_copy(build_gguf(header));
  ASSERT_TRUE(file);
  EXPECT_GT(exercise(**file), 0);
}

}  // namespace
}  // namespace galago
