// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The quantised formats (quant/blocks.h) as kernels read them. A weight is
//   scale · (quant − kZero) + kMinSign · min
// where groups of kGroup weights share a scale and a min; quants come in units of 32.
#pragma once

namespace galago::cpu {
namespace {

constexpr int kUnit = 32;

/// Formats whose block is one unit with an f16 scale in front. Where quants of 4 or 5 bits lie:
/// their low halves kNibblesAt bytes from the block's beginning, the fifth bits at kBitsAt.
template <int kBlockBytes, int kZeroPoint, int kFifthBitsAt = 0>
struct SmallFormat {
  static constexpr int kBlock = kUnit;
  static constexpr int kGroup = kUnit;
  static constexpr std::size_t kBytes = kBlockBytes;
  static constexpr int kZero = kZeroPoint;
  static constexpr bool kSigned = false;
  static constexpr bool kHasMins = false;
  static constexpr float kMinSign = 1;
  static constexpr int kNibblesAt = kBlockBytes - kUnit / 2;
  static constexpr int kBitsAt = kFifthBitsAt;
};

struct Q4_0 : SmallFormat<18, 8> {
  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return load_nibbles(block + kNibblesAt);
  }
};

struct Q4_1 : SmallFormat<20, 0> {
  static constexpr bool kHasMins = true;

  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return load_nibbles(block + kNibblesAt);
  }
};

struct Q5_0 : SmallFormat<22, 16, 2> {
  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return load_nibbles(block + kNibblesAt) | expand_bits(block + kBitsAt, 16);
  }
};

struct Q5_1 : SmallFormat<24, 0, 4> {
  static constexpr bool kHasMins = true;

  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return load_nibbles(block + kNibblesAt) | expand_bits(block + kBitsAt, 16);
  }
};

struct Q8_0 : SmallFormat<34, kSignedBias> {
  static constexpr bool kSigned = true;
  static constexpr int kNibblesAt = 0;

  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return load_bytes(block + 2);
  }
};

/// Formats of super-blocks: 8 units, whose scales are small integers times an f16.
template <int kGroupSize, int kBlockBytes, int kZeroPoint, bool kMins>
struct SuperFormat {
  static constexpr int kBlock = 256;
  static constexpr int kGroup = kGroupSize;
  static constexpr std::size_t kBytes = kBlockBytes;
  static constexpr int kZero = kZeroPoint;
  static constexpr bool kSigned = false;
  static constexpr bool kHasMins = kMins;
  static constexpr float kMinSign = -1;
  static constexpr int kNibblesAt = 0;
  static constexpr int kBitsAt = 0;
};

inline std::uint32_t load_word(const std::byte* p) {
  std::uint32_t word = 0;
  __builtin_memcpy(&word, p, sizeof(word));
  return word;
}

/// Eight bytes, as two words, times an f16.
inline Floats scaled_u8(std::uint32_t low, std::uint32_t high, const std::byte* f16) {
  const std::uint64_t both = low | std::uint64_t{high} << 32;  // one store for one load
  std::uint8_t bytes[8];
  __builtin_memcpy(bytes, &both, sizeof(bytes));
  return floats_u8(bytes) * floats_f16(f16);
}

struct Q2_K : SuperFormat<16, 84, 0, true> {
  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return bit_field<2 * (kIndex % 4), 3>(load_bytes(block + 16 + 32 * (kIndex / 4)));
  }

  static void scales(const std::byte* block, float* scales, float* mins) {
    for (int i = 0; i < 2; ++i) {
      const std::uint32_t low = load_word(block + 8 * i);
      const std::uint32_t high = load_word(block + 8 * i + 4);
      constexpr std::uint32_t kLow = 0x0F0F0F0F;
      store_floats(scales + 8 * i, scaled_u8(low & kLow, high & kLow, block + 80));
      store_floats(mins + 8 * i, scaled_u8((low >> 4) & kLow, (high >> 4) & kLow, block + 82));
    }
  }
};

struct Q3_K : SuperFormat<16, 110, 4, false> {
  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return bit_field<2 * (kIndex % 4), 3>(load_bytes(block + 32 + 32 * (kIndex / 4))) |
           shifted_left<2>(bit_field<kIndex, 1>(load_bytes(block)));
  }

  static void scales(const std::byte* block, float* scales, float* /*mins*/) {
    const std::uint32_t a = load_word(block + 96);
    const std::uint32_t b = load_word(block + 100);
    const std::uint32_t top = load_word(block + 104);
    constexpr std::uint32_t kLow = 0x0F0F0F0F;
    constexpr std::uint32_t kTop = 0x03030303;
    const Floats bias = floats_f16(block + 108) * floats(-32);
    store_floats(scales, scaled_u8((a & kLow) | ((top & kTop) << 4),
                                   (b & kLow) | (((top >> 2) & kTop) << 4), block + 108) +
                             bias);
    store_floats(scales + 8,
                 scaled_u8(((a >> 4) & kLow) | (((top >> 4) & kTop) << 4),
                           ((b >> 4) & kLow) | (((top >> 6) & kTop) << 4), block + 108) +
                     bias);
  }
};

/// The six-bit scales and minima of Q4_K and Q5_K; `block` begins with d and dmin.
inline void k_scales(const std::byte* block, float* scales, float* mins) {
  const std::uint32_t a = load_word(block + 4);
  const std::uint32_t b = load_word(block + 8);
  const std::uint32_t c = load_word(block + 12);
  constexpr std::uint32_t kSix = 0x3F3F3F3F;
  constexpr std::uint32_t kLow = 0x0F0F0F0F;
  constexpr std::uint32_t kTop = 0x30303030;
  store_floats(scales, scaled_u8(a & kSix, (c & kLow) | ((a >> 2) & kTop), block));
  store_floats(mins, scaled_u8(b & kSix, ((c >> 4) & kLow) | ((b >> 2) & kTop), block + 2));
}

struct Q4_K : SuperFormat<32, 144, 0, true> {
  static constexpr int kNibblesAt = 16;

  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return bit_field<4 * (kIndex % 2), 15>(load_bytes(block + kNibblesAt + 32 * (kIndex / 2)));
  }

  static void scales(const std::byte* block, float* scales, float* mins) {
    k_scales(block, scales, mins);
  }
};

struct Q5_K : SuperFormat<32, 176, 0, true> {
  static constexpr int kNibblesAt = 48;
  static constexpr int kBitsAt = 16;

  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    return bit_field<4 * (kIndex % 2), 15>(load_bytes(block + kNibblesAt + 32 * (kIndex / 2))) |
           shifted_left<4>(bit_field<kIndex, 1>(load_bytes(block + kBitsAt)));
  }

  static void scales(const std::byte* block, float* scales, float* mins) {
    k_scales(block, scales, mins);
  }
};

struct Q6_K : SuperFormat<16, 210, 32, false> {
  template <int kIndex>
  static Bytes quants(const std::byte* block) {
    constexpr int kHalf = kIndex / 4;
    constexpr int kPart = kIndex % 4;
    return bit_field<4 * (kPart / 2), 15>(load_bytes(block + 64 * kHalf + 32 * (kPart % 2))) |
           shifted_left<4>(bit_field<2 * kPart, 3>(load_bytes(block + 128 + 32 * kHalf)));
  }

  static void scales(const std::byte* block, float* scales, float* /*mins*/) {
    const auto* integers = reinterpret_cast<const std::int8_t*>(block + 192);
    const Floats d = floats_f16(block + 208);
    store_floats(scales, floats_s8(integers) * d);
    store_floats(scales + 8, floats_s8(integers + 8) * d);
  }
};

template <class Format>
constexpr int kGroups = Format::kBlock / Format::kGroup;

/// The scales and mins of a block's groups, of which vectors of eight are written.
template <class Format>
struct GroupScales {
  static constexpr int kCount = kGroups<Format> < 8 ? 8 : kGroups<Format>;
  float scales[kCount];
  float mins[kCount];

  explicit GroupScales(const std::byte* block) {
    if constexpr (Format::kBlock == kUnit) {
      store_floats(scales, floats_f16(block));
      if constexpr (Format::kHasMins) store_floats(mins, floats_f16(block + 2));
    } else {
      Format::scales(block, scales, mins);
    }
  }
};

/// body.operator()<kIndex>() for each unit of a block.
template <class Format, class Body>
inline void for_each_unit(Body body) {
  body.template operator()<0>();
  if constexpr (Format::kBlock == 256) {
    body.template operator()<1>();
    body.template operator()<2>();
    body.template operator()<3>();
    body.template operator()<4>();
    body.template operator()<5>();
    body.template operator()<6>();
    body.template operator()<7>();
  }
}

}  // namespace
}  // namespace galago::cpu
