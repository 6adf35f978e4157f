// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "quant/dequantize.h"

#include <cstring>

#include "base/assert.h"
#include "base/half.h"
#include "quant/blocks.h"

namespace galago {
namespace {

/// Bit `index` of a word stored as four bytes.
int fifth_bit(const std::uint8_t qh[4], int index) { return (qh[index / 8] >> (index % 8)) & 1; }

void decode(const BlockQ4_0& block, float* out) {
  const float d = half_to_float(block.d);
  for (int i = 0; i < 16; ++i) {
    out[i] = d * static_cast<float>((block.qs[i] & 15) - 8);
    out[i + 16] = d * static_cast<float>((block.qs[i] >> 4) - 8);
  }
}

void decode(const BlockQ4_1& block, float* out) {
  const float d = half_to_float(block.d);
  const float m = half_to_float(block.m);
  for (int i = 0; i < 16; ++i) {
    out[i] = d * static_cast<float>(block.qs[i] & 15) + m;
    out[i + 16] = d * static_cast<float>(block.qs[i] >> 4) + m;
  }
}

void decode(const BlockQ5_0& block, float* out) {
  const float d = half_to_float(block.d);
  for (int i = 0; i < 16; ++i) {
    const int low = (block.qs[i] & 15) | (fifth_bit(block.qh, i) << 4);
    const int high = (block.qs[i] >> 4) | (fifth_bit(block.qh, i + 16) << 4);
    out[i] = d * static_cast<float>(low - 16);
    out[i + 16] = d * static_cast<float>(high - 16);
  }
}

void decode(const BlockQ5_1& block, float* out) {
  const float d = half_to_float(block.d);
  const float m = half_to_float(block.m);
  for (int i = 0; i < 16; ++i) {
    const int low = (block.qs[i] & 15) | (fifth_bit(block.qh, i) << 4);
    const int high = (block.qs[i] >> 4) | (fifth_bit(block.qh, i + 16) << 4);
    out[i] = d * static_cast<float>(low) + m;
    out[i + 16] = d * static_cast<float>(high) + m;
  }
}

void decode(const BlockQ8_0& block, float* out) {
  const float d = half_to_float(block.d);
  for (int i = 0; i < kSmallBlock; ++i) out[i] = d * static_cast<float>(block.qs[i]);
}

void decode(const BlockQ2_K& block, float* out) {
  const float d = half_to_float(block.d);
  const float dmin = half_to_float(block.dmin);
  for (int e = 0; e < kSuperBlock; ++e) {
    const int half = e / 128, shift = e % 128 / 32, i = e % 32;
    const int q = (block.qs[32 * half + i] >> (2 * shift)) & 3;
    const std::uint8_t scale_min = block.scales[e / 16];
    const float scale = d * static_cast<float>(scale_min & 15);
    const float min = dmin * static_cast<float>(scale_min >> 4);
    out[e] = scale * static_cast<float>(q) - min;
  }
}

void decode(const BlockQ3_K& block, float* out) {
  const float d = half_to_float(block.d);
  for (int e = 0; e < kSuperBlock; ++e) {
    const int half = e / 128, shift = e % 128 / 32, i = e % 32;
    const int low = (block.qs[32 * half + i] >> (2 * shift)) & 3;
    const int high = (block.hmask[i] >> (4 * half + shift)) & 1;
    const float scale = d * static_cast<float>(q3_k_scale(block.scales, e / 16));
    out[e] = scale * static_cast<float>((low | (high << 2)) - 4);
  }
}

void decode(const BlockQ4_K& block, float* out) {
  const float d = half_to_float(block.d);
  const float dmin = half_to_float(block.dmin);
  for (int group = 0; group < 8; ++group) {
    const ScaleMin k = k_scale_min(block.scales, group);
    const float scale = d * static_cast<float>(k.scale);
    const float min = dmin * static_cast<float>(k.min);
    const std::uint8_t* qs = block.qs + 32 * (group / 2);
    for (int i = 0; i < 32; ++i) {
      const int q = (qs[i] >> (4 * (group % 2))) & 15;
      out[32 * group + i] = scale * static_cast<float>(q) - min;
    }
  }
}

void decode(const BlockQ5_K& block, float* out) {
  const float d = half_to_float(block.d);
  const float dmin = half_to_float(block.dmin);
  for (int group = 0; group < 8; ++group) {
    const ScaleMin k = k_scale_min(block.scales, group);
    const float scale = d * static_cast<float>(k.scale);
    const float min = dmin * static_cast<float>(k.min);
    const std::uint8_t* qs = block.qs + 32 * (group / 2);
    for (int i = 0; i < 32; ++i) {
      const int low = (qs[i] >> (4 * (group % 2))) & 15;
      const int high = (block.qh[i] >> group) & 1;
      out[32 * group + i] = scale * static_cast<float>(low | (high << 4)) - min;
    }
  }
}

void decode(const BlockQ6_K& block, float* out) {
  const float d = half_to_float(block.d);
  for (int e = 0; e < kSuperBlock; ++e) {
    const int half = e / 128, part = e % 128 / 32, i = e % 32;
    const int low = (block.ql[64 * half + 32 * (part % 2) + i] >> (4 * (part / 2))) & 15;
    const int high = (block.qh[32 * half + i] >> (2 * part)) & 3;
    const float scale = d * static_cast<float>(block.scales[e / 16]);
    out[e] = scale * static_cast<float>((low | (high << 4)) - 32);
  }
}

template <class Block>
void decode_blocks(const std::byte* source, float* out, std::int64_t count, int block_size) {
  for (std::int64_t done = 0; done < count; done += block_size) {
    decode(load_block<Block>(source), out + done);
    source += sizeof(Block);
  }
}

template <float (*to_float)(std::uint16_t)>
void widen(const std::byte* source, float* out, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i)
    out[i] = to_float(load_block<std::uint16_t>(source + i * 2));
}

}  // namespace

void dequantize(DType dtype, const std::byte* source, float* out, std::int64_t count) {
  GALAGO_ASSERT(count >= 0 && count % dtype_info(dtype).block_size == 0);
  if (count == 0) return;
  switch (dtype) {
    case DType::kF32:
      std::memcpy(out, source, static_cast<std::size_t>(count) * sizeof(float));
      return;
    case DType::kF16:
      return widen<half_to_float>(source, out, count);
    case DType::kBF16:
      return widen<bfloat16_to_float>(source, out, count);
    case DType::kQ4_0:
      return decode_blocks<BlockQ4_0>(source, out, count, kSmallBlock);
    case DType::kQ4_1:
      return decode_blocks<BlockQ4_1>(source, out, count, kSmallBlock);
    case DType::kQ5_0:
      return decode_blocks<BlockQ5_0>(source, out, count, kSmallBlock);
    case DType::kQ5_1:
      return decode_blocks<BlockQ5_1>(source, out, count, kSmallBlock);
    case DType::kQ8_0:
      return decode_blocks<BlockQ8_0>(source, out, count, kSmallBlock);
    case DType::kQ2_K:
      return decode_blocks<BlockQ2_K>(source, out, count, kSuperBlock);
    case DType::kQ3_K:
      return decode_blocks<BlockQ3_K>(source, out, count, kSuperBlock);
    case DType::kQ4_K:
      return decode_blocks<BlockQ4_K>(source, out, count, kSuperBlock);
    case DType::kQ5_K:
      return decode_blocks<BlockQ5_K>(source, out, count, kSuperBlock);
    case DType::kQ6_K:
      return decode_blocks<BlockQ6_K>(source, out, count, kSuperBlock);
    case DType::kI32:
      break;
  }
  GALAGO_ASSERT(!"integers are not weights");
}

}  // namespace galago
