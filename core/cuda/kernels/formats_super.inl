// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Super-blocks of 256 columns: eight chunks. Chunk j is the part j mod 4 of half j / 4; its halves
// are the groups 2j and 2j + 1 of those types that have 16 groups.
#pragma once

#include "cuda/kernels/formats_small.inl"

namespace galago::cuda {

template <>
struct Format<DType::kQ2_K> : Quantised {
  static constexpr int kBlock = 256;
  static constexpr int kBytes = 84;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk / 8) * kBytes;
    const int j = chunk % 8;
    unsigned packed[8];
    load_words(block + 16 + 32 * (j / 4), packed);
    GALAGO_UNROLL
    for (int i = 0; i < 8; ++i) c.q[i] = (packed[i] >> (2 * (j % 4))) & 0x03030303U;
    const float d = load_f16(block + 80);
    const float dmin = load_f16(block + 82);
    const unsigned both = load_u16(block + 2 * j);
    c.scale[0] = d * static_cast<float>(both & 15);
    c.min[0] = dmin * static_cast<float>((both >> 4) & 15);
    c.scale[1] = d * static_cast<float>((both >> 8) & 15);
    c.min[1] = dmin * static_cast<float>(both >> 12);
  }
};

template <>
struct Format<DType::kQ3_K> : Quantised {
  static constexpr int kBlock = 256;
  static constexpr int kBytes = 110;

  static GALAGO_DEVICE float scale_of(const std::uint8_t* scales, int group) {
    const unsigned low =
        group < 8 ? load_u8(scales + group) & 15 : load_u8(scales + group - 8) >> 4;
    const unsigned high = (load_u8(scales + 8 + group % 4) >> (2 * (group / 4))) & 3;
    return static_cast<float>(static_cast<int>(low | (high << 4)) - 32);
  }

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk / 8) * kBytes;
    const int j = chunk % 8;
    unsigned low[8];
    unsigned high[8];
    load_words(block + 32 + 32 * (j / 4), low);
    load_words(block, high);
    GALAGO_UNROLL
    for (int i = 0; i < 8; ++i)
      c.q[i] = ((low[i] >> (2 * (j % 4))) & 0x03030303U) | (((high[i] >> j) & 0x01010101U) << 2);
    const float d = load_f16(block + 108);
    GALAGO_UNROLL
    for (int half = 0; half < 2; ++half) {
      c.scale[half] = d * scale_of(block + 96, 2 * j + half);
      c.min[half] = 4 * c.scale[half];
    }
  }
};

/// The six-bit scales and minima of Q4_K and Q5_K, whose header they share.
GALAGO_DEVICE void set_k_scale(const std::uint8_t* block, int group, Chunk& c) {
  const std::uint8_t* scales = block + 4;
  unsigned scale = 0;
  unsigned min = 0;
  if (group < 4) {
    scale = load_u8(scales + group) & 63;
    min = load_u8(scales + group + 4) & 63;
  } else {
    const unsigned low = load_u8(scales + group + 4);
    scale = (low & 15) | ((load_u8(scales + group - 4) >> 6) << 4);
    min = (low >> 4) | ((load_u8(scales + group) >> 6) << 4);
  }
  set_scale(c, load_f16(block) * static_cast<float>(scale),
            load_f16(block + 2) * static_cast<float>(min));
}

template <>
struct Format<DType::kQ4_K> : Quantised {
  static constexpr int kBlock = 256;
  static constexpr int kBytes = 144;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk / 8) * kBytes;
    const int group = chunk % 8;
    const auto* packed = reinterpret_cast<const unsigned*>(block + 16 + 32 * (group / 2));
    GALAGO_UNROLL
    for (int i = 0; i < 8; ++i) c.q[i] = (packed[i] >> (4 * (group % 2))) & 0x0F0F0F0FU;
    set_k_scale(block, group, c);
  }
};

template <>
struct Format<DType::kQ5_K> : Quantised {
  static constexpr int kBlock = 256;
  static constexpr int kBytes = 176;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk / 8) * kBytes;
    const int group = chunk % 8;
    const auto* low = reinterpret_cast<const unsigned*>(block + 48 + 32 * (group / 2));
    const auto* high = reinterpret_cast<const unsigned*>(block + 16);
    GALAGO_UNROLL
    for (int i = 0; i < 8; ++i)
      c.q[i] =
          ((low[i] >> (4 * (group % 2))) & 0x0F0F0F0FU) | (((high[i] >> group) & 0x01010101U) << 4);
    set_k_scale(block, group, c);
  }
};

template <>
struct Format<DType::kQ6_K> : Quantised {
  static constexpr int kBlock = 256;
  static constexpr int kBytes = 210;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk / 8) * kBytes;
    const int j = chunk % 8;
    unsigned low[8];
    unsigned high[8];
    load_words(block + 64 * (j / 4) + 32 * (j % 2), low);
    load_words(block + 128 + 32 * (j / 4), high);
    GALAGO_UNROLL
    for (int i = 0; i < 8; ++i)
      c.q[i] = ((low[i] >> (4 * (j % 4 / 2))) & 0x0F0F0F0FU) |
               (((high[i] >> (2 * (j % 4))) & 0x03030303U) << 4);
    const float d = load_f16(block + 208);
    GALAGO_UNROLL
    for (int half = 0; half < 2; ++half) {
      c.scale[half] = d * static_cast<float>(static_cast<std::int8_t>(block[192 + 2 * j + half]));
      c.min[half] = 32 * c.scale[half];
    }
  }
};

}  // namespace galago::cuda
