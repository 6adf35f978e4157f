// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Unpacks weights (quant/blocks.h has the layouts): 32 columns of a row at a time become bytes,
// each half with a scale and a minimum of its own: x = scale · q − min. All of these products are
// exact in f32, so that x is the number that quant/dequantize.h gives.
#pragma once

#include "base/dtype.h"
#include "cuda/kernels/block.h"

namespace galago::cuda {

inline constexpr int kChunk = 32;  ///< columns that are unpacked together

struct Chunk {
  unsigned q[8];  ///< four bytes each, signed
  float scale[2];
  float min[2];
};

GALAGO_DEVICE unsigned load_u8(const std::uint8_t* p) { return *p; }

GALAGO_DEVICE unsigned load_u16(const std::uint8_t* p) {
  return *reinterpret_cast<const std::uint16_t*>(p);
}

GALAGO_DEVICE float load_f16(const std::uint8_t* p) {
  return f16_to_float(*reinterpret_cast<const std::uint16_t*>(p));
}

GALAGO_DEVICE float load_bf16(const std::uint8_t* p) { return bits_to_float(load_u16(p) << 16); }

/// kCount words from an even address, read as the aligned words around them: up to four bytes
/// behind are read too, which every buffer of the device has.
template <int kCount>
GALAGO_DEVICE void load_words(const std::uint8_t* p, unsigned (&words)[kCount]) {
  const auto address = reinterpret_cast<std::uintptr_t>(p);
  const auto* aligned = reinterpret_cast<const unsigned*>(address & ~std::uintptr_t{3});
  const unsigned shift = (address & 2) != 0 ? 16 : 0;
  unsigned low = aligned[0];
  GALAGO_UNROLL
  for (int i = 0; i < kCount; ++i) {
    const unsigned high = aligned[i + 1];
    words[i] = funnel(low, high, shift);
    low = high;
  }
}

/// Four bits to bit 4 of four bytes.
GALAGO_DEVICE unsigned spread_fifth_bits(unsigned bits) {
  return (((bits & 15) * 0x00204081U) & 0x01010101U) << 4;
}

/// 16 bytes whose low nibbles are columns 0–15 and high nibbles 16–31.
GALAGO_DEVICE void split_nibbles(const unsigned* packed, Chunk& c) {
  GALAGO_UNROLL
  for (int i = 0; i < 4; ++i) {
    c.q[i] = packed[i] & 0x0F0F0F0FU;
    c.q[4 + i] = (packed[i] >> 4) & 0x0F0F0F0FU;
  }
}

GALAGO_DEVICE void add_fifth_bits(unsigned high, Chunk& c) {
  GALAGO_UNROLL
  for (int i = 0; i < 8; ++i) c.q[i] |= spread_fifth_bits(high >> (4 * i));
}

GALAGO_DEVICE void set_scale(Chunk& c, float scale, float min) {
  c.scale[0] = c.scale[1] = scale;
  c.min[0] = c.min[1] = min;
}

/// A type's kBlock columns in kBytes bytes; unpack() gives columns [32·chunk, 32·chunk + 32).
template <DType>
struct Format;

struct Plain {
  static constexpr bool kIsQuantised = false;
  static constexpr int kBlock = 1;
};

struct Quantised {
  static constexpr bool kIsQuantised = true;
};

template <>
struct Format<DType::kF32> : Plain {
  static constexpr int kBytes = 4;

  static GALAGO_DEVICE float load(const std::uint8_t* p) {
    return *reinterpret_cast<const float*>(p);
  }
};

template <>
struct Format<DType::kF16> : Plain {
  static constexpr int kBytes = 2;

  static GALAGO_DEVICE float load(const std::uint8_t* p) { return load_f16(p); }
};

template <>
struct Format<DType::kBF16> : Plain {
  static constexpr int kBytes = 2;

  static GALAGO_DEVICE float load(const std::uint8_t* p) { return load_bf16(p); }
};

template <>
struct Format<DType::kQ4_0> : Quantised {
  static constexpr int kBlock = 32;
  static constexpr int kBytes = 18;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk) * kBytes;
    unsigned packed[4];
    load_words(block + 2, packed);
    split_nibbles(packed, c);
    const float d = load_f16(block);
    set_scale(c, d, 8 * d);
  }
};

template <>
struct Format<DType::kQ4_1> : Quantised {
  static constexpr int kBlock = 32;
  static constexpr int kBytes = 20;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk) * kBytes;
    unsigned packed[4];
    load_words(block + 4, packed);
    split_nibbles(packed, c);
    set_scale(c, load_f16(block), -load_f16(block + 2));
  }
};

template <>
struct Format<DType::kQ5_0> : Quantised {
  static constexpr int kBlock = 32;
  static constexpr int kBytes = 22;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk) * kBytes;
    unsigned words[5];
    load_words(block + 2, words);
    split_nibbles(words + 1, c);
    add_fifth_bits(words[0], c);
    const float d = load_f16(block);
    set_scale(c, d, 16 * d);
  }
};

template <>
struct Format<DType::kQ5_1> : Quantised {
  static constexpr int kBlock = 32;
  static constexpr int kBytes = 24;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk) * kBytes;
    unsigned words[5];
    load_words(block + 4, words);
    split_nibbles(words + 1, c);
    add_fifth_bits(words[0], c);
    set_scale(c, load_f16(block), -load_f16(block + 2));
  }
};

template <>
struct Format<DType::kQ8_0> : Quantised {
  static constexpr int kBlock = 32;
  static constexpr int kBytes = 34;

  static GALAGO_DEVICE void unpack(const std::uint8_t* row, int chunk, Chunk& c) {
    const std::uint8_t* block = row + static_cast<std::int64_t>(chunk) * kBytes;
    load_words(block + 2, c.q);
    set_scale(c, load_f16(block), 0);
  }
};

}  // namespace galago::cuda
