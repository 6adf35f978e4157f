// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Blocks written byte by byte from the description of each format, with the values they must give.
// The bytes are placed here by arithmetic of the test's own; none of the structs is used.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "quant/dequantize.h"

namespace galago {
namespace {

// Powers of two as binary16: sign 0, exponent 15 + n, mantissa 0.
constexpr std::uint16_t kHalf = 0x3800;      // 0.5
constexpr std::uint16_t kQuarter = 0x3400;   // 0.25
constexpr std::uint16_t kEighth = 0x3000;    // 0.125
constexpr std::uint16_t kMinusTwo = 0xc000;  // −2

/// A block under construction.
class Block {
 public:
  explicit Block(std::size_t size) : bytes_(size, 0) {}

  std::uint8_t& operator[](std::size_t i) { return bytes_.at(i); }

  void half(std::size_t at, std::uint16_t bits) {
    bytes_.at(at) = static_cast<std::uint8_t>(bits & 255);
    bytes_.at(at + 1) = static_cast<std::uint8_t>(bits >> 8);
  }

  /// ORs `value`, of `width` bits, into byte `at` from bit `shift`.
  void bits(std::size_t at, int shift, int width, int value) {
    ASSERT_LT(value, 1 << width);
    bytes_.at(at) = static_cast<std::uint8_t>(bytes_.at(at) | (value << shift));
  }

  /// Decoded from an odd address: blocks in files have no alignment.
  std::vector<float> decode(DType dtype) const {
    std::vector<std::byte> shifted(bytes_.size() + 1);
    std::memcpy(shifted.data() + 1, bytes_.data(), bytes_.size());
    std::vector<float> out(static_cast<std::size_t>(dtype_info(dtype).block_size));
    dequantize(dtype, shifted.data() + 1, out.data(), static_cast<std::int64_t>(out.size()));
    return out;
  }

 private:
  std::vector<std::uint8_t> bytes_;
};

/// Levels 0 … top, all of them, in no order that a layout error could preserve.
std::vector<int> levels(std::size_t count, int top, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<int> values(count);
  for (int& value : values) value = static_cast<int>(random() % static_cast<unsigned>(top + 1));
  return values;
}

TEST(QuantBlocksTest, Q4_0) {
  // d = 0.5; byte j holds element j low and j + 16 high: 0x8f gives 7 · 0.5 and 0.
  Block block(18);
  block.half(0, kHalf);
  for (std::size_t j = 0; j < 16; ++j) block[2 + j] = 0x88;
  block[2] = 0x8f;
  block[3] = 0x08;
  block[17] = 0x1a;
  const auto x = block.decode(DType::kQ4_0);
  EXPECT_EQ(x[0], 3.5F);
  EXPECT_EQ(x[16], 0.0F);
  EXPECT_EQ(x[1], 0.0F);
  EXPECT_EQ(x[17], -4.0F);
  EXPECT_EQ(x[15], 1.0F);
  EXPECT_EQ(x[31], -3.5F);
  for (const std::size_t i : {2, 14, 18, 30}) EXPECT_EQ(x[i], 0.0F) << i;
}

TEST(QuantBlocksTest, Q4_1) {
  Block block(20);
  block.half(0, kQuarter);
  block.half(2, kMinusTwo);
  const auto q = levels(32, 15, 1);
  for (std::size_t i = 0; i < 16; ++i) {
    block.bits(4 + i, 0, 4, q[i]);
    block.bits(4 + i, 4, 4, q[i + 16]);
  }
  const auto x = block.decode(DType::kQ4_1);
  for (std::size_t i = 0; i < 32; ++i)
    EXPECT_EQ(x[i], 0.25F * static_cast<float>(q[i]) - 2.0F) << i;
}

TEST(QuantBlocksTest, Q5_0) {
  Block block(22);
  block.half(0, kQuarter);
  const auto q = levels(32, 31, 2);
  for (std::size_t i = 0; i < 32; ++i) {
    block.bits(2 + i / 8, static_cast<int>(i % 8), 1, q[i] / 16);
    block.bits(6 + i % 16, i < 16 ? 0 : 4, 4, q[i] % 16);
  }
  const auto x = block.decode(DType::kQ5_0);
  for (std::size_t i = 0; i < 32; ++i) EXPECT_EQ(x[i], 0.25F * static_cast<float>(q[i] - 16)) << i;
}

TEST(QuantBlocksTest, Q5_1) {
  Block block(24);
  block.half(0, kEighth);
  block.half(2, kMinusTwo);
  const auto q = levels(32, 31, 3);
  for (std::size_t i = 0; i < 32; ++i) {
    block.bits(4 + i / 8, static_cast<int>(i % 8), 1, q[i] / 16);
    block.bits(8 + i % 16, i < 16 ? 0 : 4, 4, q[i] % 16);
  }
  const auto x = block.decode(DType::kQ5_1);
  for (std::size_t i = 0; i < 32; ++i)
    EXPECT_EQ(x[i], 0.125F * static_cast<float>(q[i]) - 2.0F) << i;
}

TEST(QuantBlocksTest, Q8_0) {
  Block block(34);
  block.half(0, kMinusTwo);
  for (std::size_t i = 0; i < 32; ++i) block[2 + i] = static_cast<std::uint8_t>(i * 8 + 1);
  const auto x = block.decode(DType::kQ8_0);
  for (std::size_t i = 0; i < 32; ++i) {
    const int byte = static_cast<int>(i * 8 + 1);
    const int q = byte < 128 ? byte : byte - 256;  // two's complement
    EXPECT_EQ(x[i], -2.0F * static_cast<float>(q)) << i;
  }
}

TEST(QuantBlocksTest, Q2_K) {
  // Bytes: 16 of scale | min << 4, 64 of quants, d, dmin.
  Block block(84);
  block.half(80, kQuarter);
  block.half(82, kHalf);
  const auto scale = levels(16, 15, 4), min = levels(16, 15, 5), q = levels(256, 3, 6);
  for (std::size_t g = 0; g < 16; ++g) {
    block.bits(g, 0, 4, scale[g]);
    block.bits(g, 4, 4, min[g]);
  }
  // Each run of 128 elements fills 32 bytes: its elements 0–31 bits 0–1, 32–63 bits 2–3 …
  for (std::size_t e = 0; e < 256; ++e)
    block.bits(16 + 32 * (e / 128) + e % 32, static_cast<int>(2 * (e / 32 % 4)), 2, q[e]);
  const auto x = block.decode(DType::kQ2_K);
  for (std::size_t e = 0; e < 256; ++e)
    EXPECT_EQ(x[e], 0.25F * static_cast<float>(scale[e / 16] * q[e]) -
                        0.5F * static_cast<float>(min[e / 16]))
        << e;
}

TEST(QuantBlocksTest, Q3_K) {
  // Bytes: 32 of third bits, 64 of low bits, 12 of scales, d.
  Block block(110);
  block.half(108, kQuarter);
  const auto scale = levels(16, 63, 7), q = levels(256, 7, 8);
  for (std::size_t g = 0; g < 16; ++g) {
    block.bits(96 + g % 8, g < 8 ? 0 : 4, 4, scale[g] % 16);
    block.bits(104 + g % 4, static_cast<int>(2 * (g / 4)), 2, scale[g] / 16);
  }
  for (std::size_t e = 0; e < 256; ++e) {
    block.bits(e % 32, static_cast<int>(e / 32), 1, q[e] / 4);
    block.bits(32 + 32 * (e / 128) + e % 32, static_cast<int>(2 * (e / 32 % 4)), 2, q[e] % 4);
  }
  const auto x = block.decode(DType::kQ3_K);
  for (std::size_t e = 0; e < 256; ++e)
    EXPECT_EQ(x[e], 0.25F * static_cast<float>((scale[e / 16] - 32) * (q[e] - 4))) << e;
}

/// Scales and minima of Q4_K and Q5_K, six bits each, into twelve bytes from `at`.
void put_scales(Block& block, std::size_t at, const std::vector<int>& scale,
                const std::vector<int>& min) {
  for (std::size_t g = 0; g < 4; ++g) {
    block.bits(at + g, 0, 6, scale[g]);
    block.bits(at + 4 + g, 0, 6, min[g]);
    block.bits(at + 8 + g, 0, 4, scale[g + 4] % 16);
    block.bits(at + 8 + g, 4, 4, min[g + 4] % 16);
    block.bits(at + g, 6, 2, scale[g + 4] / 16);
    block.bits(at + 4 + g, 6, 2, min[g + 4] / 16);
  }
}

TEST(QuantBlocksTest, Q4_K) {
  // Bytes: d, dmin, 12 of scales, 128 of quants; a run of 64 elements shares 32 bytes.
  Block block(144);
  block.half(0, kQuarter);
  block.half(2, kHalf);
  const auto scale = levels(8, 63, 9), min = levels(8, 63, 10), q = levels(256, 15, 11);
  put_scales(block, 4, scale, min);
  for (std::size_t e = 0; e < 256; ++e)
    block.bits(16 + 32 * (e / 64) + e % 32, e % 64 < 32 ? 0 : 4, 4, q[e]);
  const auto x = block.decode(DType::kQ4_K);
  for (std::size_t e = 0; e < 256; ++e)
    EXPECT_EQ(x[e], 0.25F * static_cast<float>(scale[e / 32] * q[e]) -
                        0.5F * static_cast<float>(min[e / 32]))
        << e;
}

TEST(QuantBlocksTest, Q5_K) {
  // Bytes: d, dmin, 12 of scales, 32 of fifth bits, 128 of low bits.
  Block block(176);
  block.half(0, kEighth);
  block.half(2, kHalf);
  const auto scale = levels(8, 63, 12), min = levels(8, 63, 13), q = levels(256, 31, 14);
  put_scales(block, 4, scale, min);
  for (std::size_t e = 0; e < 256; ++e) {
    block.bits(16 + e % 32, static_cast<int>(e / 32), 1, q[e] / 16);
    block.bits(48 + 32 * (e / 64) + e % 32, e % 64 < 32 ? 0 : 4, 4, q[e] % 16);
  }
  const auto x = block.decode(DType::kQ5_K);
  for (std::size_t e = 0; e < 256; ++e)
    EXPECT_EQ(x[e], 0.125F * static_cast<float>(scale[e / 32] * q[e]) -
                        0.5F * static_cast<float>(min[e / 32]))
        << e;
}

TEST(QuantBlocksTest, Q6_K) {
  // Bytes: 128 of low bits, 64 of high bits, 16 signed scales, d.
  Block block(210);
  block.half(208, kEighth);
  const auto scale = levels(16, 255, 15), q = levels(256, 63, 16);
  for (std::size_t g = 0; g < 16; ++g) block[192 + g] = static_cast<std::uint8_t>(scale[g]);
  for (std::size_t e = 0; e < 256; ++e) {
    const std::size_t half = e / 128, within = e % 128;
    block.bits(64 * half + within % 64, within < 64 ? 0 : 4, 4, q[e] % 16);
    block.bits(128 + 32 * half + within % 32, static_cast<int>(2 * (within / 32)), 2, q[e] / 16);
  }
  const auto x = block.decode(DType::kQ6_K);
  for (std::size_t e = 0; e < 256; ++e) {
    const int s = scale[e / 16] < 128 ? scale[e / 16] : scale[e / 16] - 256;
    EXPECT_EQ(x[e], 0.125F * static_cast<float>(s * (q[e] - 32))) << e;
  }
}

TEST(QuantBlocksTest, PlainTypes) {
  const std::array<float, 3> values = {1.5F, -0.25F, 1e30F};
  std::array<float, 3> out{};
  dequantize(DType::kF32, reinterpret_cast<const std::byte*>(values.data()), out.data(), 3);
  EXPECT_EQ(out, values);
  const std::array<std::uint16_t, 3> halves = {0x3e00, 0xb400, 0x7bff};
  dequantize(DType::kF16, reinterpret_cast<const std::byte*>(halves.data()), out.data(), 3);
  EXPECT_EQ(out, (std::array<float, 3>{1.5F, -0.25F, 65504.0F}));
  const std::array<std::uint16_t, 3> bfloats = {0x3fc0, 0xbe80, 0x4780};
  dequantize(DType::kBF16, reinterpret_cast<const std::byte*>(bfloats.data()), out.data(), 3);
  EXPECT_EQ(out, (std::array<float, 3>{1.5F, -0.25F, 65536.0F}));
}

TEST(QuantBlocksTest, SeveralBlocksFollowEachOther) {
  // Q8_0 with scales 0.5 and −2 and quants 1: the second block must start after 34 bytes.
  std::vector<std::byte> bytes(68, std::byte{1});
  bytes[0] = std::byte{0x00}, bytes[1] = std::byte{0x38};
  bytes[34] = std::byte{0x00}, bytes[35] = std::byte{0xc0};
  std::vector<float> x(64);
  dequantize(DType::kQ8_0, bytes.data(), x.data(), 64);
  for (std::size_t i = 0; i < 64; ++i) EXPECT_EQ(x[i], i < 32 ? 0.5F : -2.0F) << i;
}

}  // namespace
}  // namespace galago
