// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
#include "quant/quantize_k.h"

#include <array>
#include <cmath>
#include <cstring>

#include "base/half.h"
#include "quant/grid.h"

namespace galago {
namespace {

/// Scales, minima and levels of a super-block whose groups are affine: x ≈ d·scale·q − dmin·min.
template <int kGroups>
struct AffineGroups {
  std::uint16_t d;
  std::uint16_t dmin;
  std::array<std::uint8_t, kGroups> scales;
  std::array<std::uint8_t, kGroups> mins;
  std::array<std::uint8_t, kSuperBlock> levels;
};

/// `top_level`: of the elements; `top_scale`: of the groups' scales and minima.
template <int kGroups>
AffineGroups<kGroups> fit_affine(const float* x, int top_level, int top_scale) {
  constexpr int kSize = kSuperBlock / kGroups;
  std::array<float, kGroups> scales;
  std::array<float, kGroups> mins;
  for (int g = 0; g < kGroups; ++g) {
    const Range range = range_of(x + g * kSize, kSize);
    // The stored minimum is subtracted and not negative, so the grid always includes zero's side.
    const float min = std::min(range.min, 0.0F);
    scales[g] = std::max(0.0F, range.max - min) / static_cast<float>(top_level);
    mins[g] = -min;
  }
  const float top = static_cast<float>(top_scale);
  AffineGroups<kGroups> result;
  result.d = float_to_half(range_of(scales.data(), kGroups).max / top);
  result.dmin = float_to_half(range_of(mins.data(), kGroups).max / top);
  const float d = half_to_float(result.d);
  const float dmin = half_to_float(result.dmin);
  for (int g = 0; g < kGroups; ++g) {
    const int scale = round_to(scales[g] * inverse_or_zero(d), 0, top_scale);
    const int min = round_to(mins[g] * inverse_or_zero(dmin), 0, top_scale);
    result.scales[g] = static_cast<std::uint8_t>(scale);
    result.mins[g] = static_cast<std::uint8_t>(min);
    const float inverse = inverse_or_zero(d * static_cast<float>(scale));
    const float offset = dmin * static_cast<float>(min);
    for (int i = g * kSize; i < (g + 1) * kSize; ++i)
      result.levels[i] =
          static_cast<std::uint8_t>(round_to((x[i] + offset) * inverse, 0, top_level));
  }
  return result;
}

/// Scales and levels of a super-block whose groups are symmetric: x ≈ d·scale·(level − zero).
struct SymmetricGroups {
  std::uint16_t d;
  std::array<int, 16> scales;  ///< −zero_scale … zero_scale − 1
  std::array<std::uint8_t, kSuperBlock> levels;
};

SymmetricGroups fit_symmetric(const float* x, int zero, int zero_scale) {
  constexpr int kSize = 16;
  std::array<float, 16> scales;
  for (int g = 0; g < 16; ++g)
    scales[g] = largest_magnitude(x + g * kSize, kSize) / static_cast<float>(-zero);
  SymmetricGroups result;
  // Signed so that the group with the largest scale gets the end of the grid, −zero_scale.
  result.d = float_to_half(largest_magnitude(scales.data(), 16) / static_cast<float>(-zero_scale));
  const float d = half_to_float(result.d);
  for (int g = 0; g < 16; ++g) {
    result.scales[g] = round_to(scales[g] * inverse_or_zero(d), -zero_scale, zero_scale - 1);
    const float inverse = inverse_or_zero(d * static_cast<float>(result.scales[g]));
    for (int i = g * kSize; i < (g + 1) * kSize; ++i)
      result.levels[i] =
          static_cast<std::uint8_t>(round_to(x[i] * inverse, -zero, zero - 1) + zero);
  }
  return result;
}

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
  const auto groups = fit_affine<16>(x, 3, 15);
  block.d = groups.d;
  block.dmin = groups.dmin;
  for (int g = 0; g < 16; ++g)
    block.scales[g] = static_cast<std::uint8_t>(groups.scales[g] | (groups.mins[g] << 4));
  store_pairs(groups.levels, block.qs);
}

void quantize_q3_k(const float* x, BlockQ3_K& block) {
  const SymmetricGroups groups = fit_symmetric(x, 4, 32);
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
  const auto groups = fit_affine<8>(x, 15, 63);
  block.d = groups.d;
  block.dmin = groups.dmin;
  store_scales_and_mins(groups.scales, groups.mins, block.scales);
  store_nibbles(groups.levels, block.qs);
}

void quantize_q5_k(const float* x, BlockQ5_K& block) {
  const auto groups = fit_affine<8>(x, 31, 63);
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
  const SymmetricGroups groups = fit_symmetric(x, 32, 128);
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
