// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The layout of one block of every quantised type, as GGUF files store it (little-endian, fields in
// this order, no padding). `d`, `m` and `dmin` are binary16 bit patterns. dequantize.cpp turns the
// layouts into numbers.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace galago {

static_assert(std::endian::native == std::endian::little, "GGUF data is used in place");

inline constexpr int kSmallBlock = 32;   ///< elements of a Q4_0 … Q8_0 block
inline constexpr int kSuperBlock = 256;  ///< elements of a Q2_K … Q6_K block

// --- Blocks of 32. Element i < 16 is the low nibble of qs[i], element 16 + i the high nibble. ---

/// x = d · (q − 8), q in 0…15
struct BlockQ4_0 {
  std::uint16_t d;
  std::uint8_t qs[16];
};

/// x = d · q + m, q in 0…15
struct BlockQ4_1 {
  std::uint16_t d;
  std::uint16_t m;
  std::uint8_t qs[16];
};

/// x = d · (q − 16), q in 0…31; bit i of the 32-bit word qh is the fifth bit of element i
struct BlockQ5_0 {
  std::uint16_t d;
  std::uint8_t qh[4];
  std::uint8_t qs[16];
};

/// x = d · q + m, q in 0…31 as in Q5_0
struct BlockQ5_1 {
  std::uint16_t d;
  std::uint16_t m;
  std::uint8_t qh[4];
  std::uint8_t qs[16];
};

/// x = d · q
struct BlockQ8_0 {
  std::uint16_t d;
  std::int8_t qs[32];
};

// --- Super-blocks of 256, cut into groups that have a small integer scale of their own. ---

/// 16 groups of 16: x = d · (scales[g] & 15) · q − dmin · (scales[g] >> 4), q in 0…3.
/// Element 128·h + 32·s + i (h < 2, s < 4, i < 32) is bits 2s and 2s+1 of qs[32·h + i].
struct BlockQ2_K {
  std::uint8_t scales[16];
  std::uint8_t qs[64];
  std::uint16_t d;
  std::uint16_t dmin;
};

/// 16 groups of 16: x = d · (scale(g) − 32) · (q − 4), q in 0…7. The low two bits of q are laid out
/// as in Q2_K; the third one of element 128·h + 32·s + i is bit 4h + s of hmask[i].
/// Scales: six bits each, see q3_k_scale().
struct BlockQ3_K {
  std::uint8_t hmask[32];
  std::uint8_t qs[64];
  std::uint8_t scales[12];
  std::uint16_t d;
};

/// 8 groups of 32: x = d · scale(g) · q − dmin · min(g), q in 0…15.
/// Element i of group g is the low (g even) or high (g odd) nibble of qs[32·(g/2) + i].
/// Scales and minima: six bits each, see k_scale_min().
struct BlockQ4_K {
  std::uint16_t d;
  std::uint16_t dmin;
  std::uint8_t scales[12];
  std::uint8_t qs[128];
};

/// As Q4_K with q in 0…31: bit g of qh[i] is the fifth bit of element i of group g.
struct BlockQ5_K {
  std::uint16_t d;
  std::uint16_t dmin;
  std::uint8_t scales[12];
  std::uint8_t qh[32];
  std::uint8_t qs[128];
};

/// 16 groups of 16: x = d · scales[g] · (q − 32), q in 0…63.
/// Element 128·h + 32·s + i (h < 2, s < 4, i < 32): its low four bits are the low (s < 2) or high
/// (s ≥ 2) nibble of ql[64·h + 32·(s mod 2) + i], its high two are bits 2s, 2s+1 of qh[32·h + i].
struct BlockQ6_K {
  std::uint8_t ql[128];
  std::uint8_t qh[64];
  std::int8_t scales[16];
  std::uint16_t d;
};

static_assert(sizeof(BlockQ4_0) == 18 && sizeof(BlockQ4_1) == 20);
static_assert(sizeof(BlockQ5_0) == 22 && sizeof(BlockQ5_1) == 24);
static_assert(sizeof(BlockQ8_0) == 34);
static_assert(sizeof(BlockQ2_K) == 84 && sizeof(BlockQ3_K) == 110);
static_assert(sizeof(BlockQ4_K) == 144 && sizeof(BlockQ5_K) == 176);
static_assert(sizeof(BlockQ6_K) == 210);

/// Copies a block out of a file, where nothing is known of its alignment.
template <class Block>
Block load_block(const std::byte* source) {
  Block block;
  std::memcpy(&block, source, sizeof(Block));
  return block;
}

/// Scale and minimum of one group of Q4_K and Q5_K, 0…63.
struct ScaleMin {
  std::uint8_t scale;
  std::uint8_t min;
};

/// Twelve bytes hold eight of both: groups 0–3 have the low six bits of bytes 0–3 (scale) and 4–7
/// (minimum); groups 4–7 have four bits each in bytes 8–11 and the top two bits of bytes 0–7.
inline ScaleMin k_scale_min(const std::uint8_t scales[12], int group) {
  if (group < 4)
    return {static_cast<std::uint8_t>(scales[group] & 63),
            static_cast<std::uint8_t>(scales[group + 4] & 63)};
  return {static_cast<std::uint8_t>((scales[group + 4] & 15) | ((scales[group - 4] >> 6) << 4)),
          static_cast<std::uint8_t>((scales[group + 4] >> 4) | ((scales[group] >> 6) << 4))};
}

/// Scale of one of the 16 groups of Q3_K, −32…31. The low four bits are the nibbles of bytes 0–7
/// (low nibbles first), the high two lie in bytes 8–11, two bits for each run of four groups.
inline int q3_k_scale(const std::uint8_t scales[12], int group) {
  const int low = group < 8 ? scales[group] & 15 : scales[group - 8] >> 4;
  const int high = (scales[8 + group % 4] >> (2 * (group / 4))) & 3;
  return (low | (high << 4)) - 32;
}

}  // namespace galago
