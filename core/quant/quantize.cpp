// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "quant/quantize.h"

#include <cmath>
#include <cstring>

#include "base/assert.h"
#include "base/half.h"
#include "quant/blocks.h"
#include "quant/grid.h"
#include "quant/quantize_k.h"

namespace galago {
namespace {

/// Levels of 32 elements, two to a byte, as all blocks of four and five bits keep them.
void store_nibbles(const int levels[32], std::uint8_t qs[16]) {
  for (int i = 0; i < 16; ++i)
    qs[i] = static_cast<std::uint8_t>((levels[i] & 15) | ((levels[i + 16] & 15) << 4));
}

void store_fifth_bits(const int levels[32], std::uint8_t qh[4]) {
  std::memset(qh, 0, 4);
  for (int i = 0; i < 32; ++i)
    qh[i / 8] = static_cast<std::uint8_t>(qh[i / 8] | ((levels[i] >> 4) << (i % 8)));
}

/// Levels 0 … 2·zero − 1 around `zero`. The element of largest magnitude gets level 0, the end of
/// the grid that reaches farther, so it comes back exactly but for the scale's rounding.
float levels_around(const float* x, int zero, int levels[32]) {
  const float d = largest_magnitude(x, 32) / static_cast<float>(-zero);
  const float inverse = inverse_or_zero(d);
  for (int i = 0; i < 32; ++i)
    levels[i] = truncate(x[i] * inverse + static_cast<float>(zero) + 0.5F, 0, 2 * zero - 1);
  return d;
}

struct Affine {
  float d;
  float m;
};

/// Levels 0 … top from the smallest to the largest element.
Affine levels_from_minimum(const float* x, int top, int levels[32]) {
  const Range range = range_of(x, 32);
  const float d = (range.max - range.min) / static_cast<float>(top);
  const float inverse = inverse_or_zero(d);
  for (int i = 0; i < 32; ++i) levels[i] = truncate((x[i] - range.min) * inverse + 0.5F, 0, top);
  return {d, range.min};
}

void encode(const float* x, BlockQ4_0& block) {
  int levels[32];
  block.d = float_to_half(levels_around(x, 8, levels));
  store_nibbles(levels, block.qs);
}

void encode(const float* x, BlockQ4_1& block) {
  int levels[32];
  const Affine scale = levels_from_minimum(x, 15, levels);
  block.d = float_to_half(scale.d);
  block.m = float_to_half(scale.m);
  store_nibbles(levels, block.qs);
}

void encode(const float* x, BlockQ5_0& block) {
  int levels[32];
  block.d = float_to_half(levels_around(x, 16, levels));
  store_nibbles(levels, block.qs);
  store_fifth_bits(levels, block.qh);
}

void encode(const float* x, BlockQ5_1& block) {
  int levels[32];
  const Affine scale = levels_from_minimum(x, 31, levels);
  block.d = float_to_half(scale.d);
  block.m = float_to_half(scale.m);
  store_nibbles(levels, block.qs);
  store_fifth_bits(levels, block.qh);
}

void encode(const float* x, BlockQ8_0& block) {
  const float d = std::fabs(largest_magnitude(x, 32)) / 127.0F;
  const float inverse = inverse_or_zero(d);
  block.d = float_to_half(d);
  for (int i = 0; i < 32; ++i)
    block.qs[i] = static_cast<std::int8_t>(round_to(x[i] * inverse, -127, 127));
}

void encode(const float* x, BlockQ2_K& block) { quantize_q2_k(x, block); }

void encode(const float* x, BlockQ3_K& block) { quantize_q3_k(x, block); }

void encode(const float* x, BlockQ4_K& block) { quantize_q4_k(x, block); }

void encode(const float* x, BlockQ5_K& block) { quantize_q5_k(x, block); }

void encode(const float* x, BlockQ6_K& block) { quantize_q6_k(x, block); }

template <class Block>
void encode_blocks(const float* source, std::byte* out, std::int64_t count, int block_size) {
  for (std::int64_t done = 0; done < count; done += block_size) {
    Block block;
    encode(source + done, block);
    std::memcpy(out, &block, sizeof(Block));
    out += sizeof(Block);
  }
}

template <std::uint16_t (*from_float)(float)>
void narrow(const float* source, std::byte* out, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const std::uint16_t bits = from_float(source[i]);
    std::memcpy(out + i * 2, &bits, 2);
  }
}

}  // namespace

void quantize(DType dtype, const float* source, std::byte* out, std::int64_t count) {
  GALAGO_ASSERT(count >= 0 && count % dtype_info(dtype).block_size == 0);
  if (count == 0) return;
  switch (dtype) {
    case DType::kF32:
      std::memcpy(out, source, static_cast<std::size_t>(count) * sizeof(float));
      return;
    case DType::kF16:
      return narrow<float_to_half>(source, out, count);
    case DType::kBF16:
      return narrow<float_to_bfloat16>(source, out, count);
    case DType::kQ4_0:
      return encode_blocks<BlockQ4_0>(source, out, count, kSmallBlock);
    case DType::kQ4_1:
      return encode_blocks<BlockQ4_1>(source, out, count, kSmallBlock);
    case DType::kQ5_0:
      return encode_blocks<BlockQ5_0>(source, out, count, kSmallBlock);
    case DType::kQ5_1:
      return encode_blocks<BlockQ5_1>(source, out, count, kSmallBlock);
    case DType::kQ8_0:
      return encode_blocks<BlockQ8_0>(source, out, count, kSmallBlock);
    case DType::kQ2_K:
      return encode_blocks<BlockQ2_K>(source, out, count, kSuperBlock);
    case DType::kQ3_K:
      return encode_blocks<BlockQ3_K>(source, out, count, kSuperBlock);
    case DType::kQ4_K:
      return encode_blocks<BlockQ4_K>(source, out, count, kSuperBlock);
    case DType::kQ5_K:
      return encode_blocks<BlockQ5_K>(source, out, count, kSuperBlock);
    case DType::kQ6_K:
      return encode_blocks<BlockQ6_K>(source, out, count, kSuperBlock);
    case DType::kI32:
      break;
  }
  GALAGO_ASSERT(!"integers are not weights");
}

}  // namespace galago
