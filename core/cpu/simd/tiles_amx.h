// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// The matrix unit of AMX (Intel's Software Developer's Manual, volume 1, chapter 18): eight
// registers of 16 rows of 64 bytes. The operating system lends them to a process that asks
// (base/cpu_features.h).
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

#include "cpu/simd/bytes_avx2.h"
#include "cpu/simd/pairs_avx512_bf16.h"

namespace galago::cpu {
namespace {

constexpr int kTileSide = 16;              // rows of a register, and the pairs or sums in each
constexpr int kBlockSide = 2 * kTileSide;  // rows of x, or columns of a panel, multiplied together
/// Of kBlockSide rows of x, or columns of a panel, in 2 · kTileSide columns of x.
constexpr std::size_t kBlockBytes = std::size_t{kBlockSide} * kTileSide * sizeof(float);

/// What LDTILECFG takes: the shape of each register.
struct alignas(64) TileShapes {
  std::uint8_t palette = 1;
  std::uint8_t start_row = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t row_bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};

/// out [kBlockSide, kBlockSide] = x · w, for `blocks` blocks of x [kBlockSide rows][kTileSide]
/// pairs and of w [kTileSide][kBlockSide columns] pairs.
inline void multiply_blocks(const std::byte* x, const std::byte* w, std::size_t blocks,
                            float* out) {
  static constexpr TileShapes kShapes;
  constexpr std::size_t kRow = 64;
  constexpr std::size_t kLine = 2 * kRow;
  _tile_loadconfig(&kShapes);
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (; blocks > 0; --blocks, x += kBlockBytes, w += kBlockBytes) {
    _tile_loadd(4, x, kRow);
    _tile_loadd(6, w, kLine);
    _tile_loadd(7, w + kRow, kLine);
    _tile_loadd(5, x + kTileSide * kRow, kRow);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
  _tile_stored(0, out, kLine);
  _tile_stored(1, out + kTileSide, kLine);
  _tile_stored(2, out + kTileSide * kBlockSide, kLine);
  _tile_stored(3, out + kTileSide * kBlockSide + kTileSide, kLine);
  _tile_release();  // a thread that leaves them dirty is dearer to switch from and to
}

/// 32 bytes as numbers.
template <bool kSigned>
inline void widen(Bytes bytes, F32& first, F32& second) {
  const __m128i low = _mm256_castsi256_si128(bytes.v);
  const __m128i high = _mm256_extracti128_si256(bytes.v, 1);
  first.v = _mm512_cvtepi32_ps(kSigned ? _mm512_cvtepi8_epi32(low) : _mm512_cvtepu8_epi32(low));
  second.v = _mm512_cvtepi32_ps(kSigned ? _mm512_cvtepi8_epi32(high) : _mm512_cvtepu8_epi32(high));
}

}  // namespace
}  // namespace galago::cpu
