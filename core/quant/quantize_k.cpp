// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "quant/quantize_k.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "quant/affine_groups.h"
#include "quant/symmetric_groups.h"

namespace galago {
namespace {

/// Two bits of every level, in the order that Q2_K and Q3_K share.
void store_pairs(const std::array<std::uint8_t, kSuperBlock>& levels, std::uint8_t qs[64]) {
  std::memset(qs, 0, 64);
  for (int e = 0; e < kSuperBlock; ++e) {
    const int half = e / 128, shift = e % 128 / 32, i = e % 32;
    std::uint8_t& byte = qs[32 * half + i];
    byte = static_cast<std::uint8_t>(byte | ((levels[e] & 3) << (2 * shift)));
  }
}

/// Four bits of every level, in the order that Q4_K and Q5_K share.
void store_nibbles(const std::array<std::uint8_t, kSuperBlock>& levels, std::uint8_t qs[128]) {
  for (int pair = 0; pair < 4; ++pair)
    for (int i = 0; i < 32; ++i)
      qs[32 * pair + i] = static_cast<std::uint8_t>((levels[64 * pair + i] & 15) |
                                                    ((levels[64 * pair + 32 + i] & 15) << 4));
}

/// The inverse of k_scale_min().
void store_scales_and_mins(const std::array<std::uint8_t, 8>& scales,
                           const std::array<std::uint8_t, 8>& mins, std::uint8_t out[12]) {
  for (int g = 0; g < 4; ++g) {
    out[g] = static_cast<std::uint8_t>(scales[g] | ((scales[g + 4] >> 4) << 6));
    out[g + 4] = static_cast<std::uint8_t>(mins[g] | ((mins[g + 4] >> 4) << 6));
    out[g + 8] = static_cast<std::uint8_t>((scales[g + 4] & 15) | ((mins[g + 4] & 15) << 4));
  }
}

}  // namespace

void quantize_q2_k(const float* x, BlockQ2_K& block) {
  const auto groups = fit_q2_k(x);
  block.d = groups.d;
  block.dmin = groups.dmin;
  for (int g = 0; g < 16; ++g)
    block.scales[g] = static_cast<std::uint8_t>(groups.scales[g] | (groups.mins[g] << 4));
  store_pairs(groups.levels, block.qs);
}

void quantize_q3_k(const float* x, BlockQ3_K& block) {
  const SymmetricGroups groups = fit_q3_k(x);
  block.d = groups.d;
  std::memset(block.scales, 0, sizeof block.scales);
  for (int g = 0; g < 16; ++g) {  // the inverse of q3_k_scale()
    const int scale = groups.scales[g] + 32;
    std::uint8_t& low = block.scales[g % 8];
    std::uint8_t& high = block.scales[8 + g % 4];
    low = static_cast<std::uint8_t>(low | ((scale & 15) << (g < 8 ? 0 : 4)));
    high = static_cast<std::uint8_t>(high | ((scale >> 4) << (2 * (g / 4))));
  }
  store_pairs(groups.levels, block.qs);
  std::memset(block.hmask, 0, sizeof block.hmask);
  for (int e = 0; e < kSuperBlock; ++e) {
    std::uint8_t& byte = block.hmask[e % 32];
    byte = static_cast<std::uint8_t>(byte | ((groups.levels[e] >> 2) << (e / 32)));
  }
}

void quantize_q4_k(const float* x, BlockQ4_K& block) {
  const auto groups = fit_q4_k(x);
  block.d = groups.d;
  block.dmin = groups.dmin;
  store_scales_and_mins(groups.scales, groups.mins, block.scales);
  store_nibbles(groups.levels, block.qs);
}

void quantize_q5_k(const float* x, BlockQ5_K& block) {
  const auto groups = fit_q5_k(x);
  block.d = groups.d;
  block.dmin = groups.dmin;
  store_scales_and_mins(groups.scales, groups.mins, block.scales);
  store_nibbles(groups.levels, block.qs);
  std::memset(block.qh, 0, sizeof block.qh);
  for (int e = 0; e < kSuperBlock; ++e) {
    std::uint8_t& byte = block.qh[e % 32];
    byte = static_cast<std::uint8_t>(byte | ((groups.levels[e] >> 4) << (e / 32)));
  }
}

void quantize_q6_k(const float* x, BlockQ6_K& block) {
  const SymmetricGroups groups = fit_q6_k(x);
  block.d = groups.d;
  for (int g = 0; g < 16; ++g) block.scales[g] = static_cast<std::int8_t>(groups.scales[g]);
  std::memset(block.ql, 0, sizeof block.ql);
  std::memset(block.qh, 0, sizeof block.qh);
  for (int e = 0; e < kSuperBlock; ++e) {
    const int half = e / 128, part = e % 128 / 32, i = e % 32;
    std::uint8_t& low = block.ql[64 * half + 32 * (part % 2) + i];
    std::uint8_t& high = block.qh[32 * half + i];
    low = static_cast<std::uint8_t>(low | ((groups.levels[e] & 15) << (4 * (part / 2))));
    high = static_cast<std::uint8_t>(high | ((groups.levels[e] >> 4) << (2 * part)));
  }
}

}  // namespace galago
