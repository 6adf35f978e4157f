// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Products of many rows on a matrix unit that multiplies pairs of bf16 with sums in f32. Weights of
// every type but f32 are rounded to bf16 once per panel: decoding quantised ones costs less than
// the scales that integer sums would need for each block of 32 and each row.
#pragma once

#include "cpu/matmul/kernels/bf16.inl"
#include "cpu/matmul/kernels/quantised.inl"
#include "cpu/matmul/kernels/wide_dot.inl"

namespace galago::cpu {
namespace {

/// Columns of x in a block.
constexpr int kBlockCols = 2 * kTileSide;
static_assert(kBlockCols == 2 * kLanes && kBlockCols == kUnit && kBlockSide == kPlainPanelCols);

inline std::size_t blocks_of(int cols) {
  return (static_cast<std::size_t>(cols) + kBlockCols - 1) / kBlockCols;
}

std::size_t block_bytes(int cols) { return blocks_of(cols) * kBlockBytes; }

/// A tile of x: [blocks][kBlockSide rows][kTileSide] pairs; what is absent is 0.
void prepare_block_tile(const float* x, std::ptrdiff_t stride, int rows, int cols,
                        std::byte* prepared) {
  auto* out = reinterpret_cast<float*>(prepared);
  for (int k = 0; k < cols; k += kBlockCols)
    for (int r = 0; r < kBlockSide; ++r, out += kTileSide)
      store(out, r < rows ? pairs_at<PlainF32>(x + r * stride, k, cols) : broadcast(0));
}

/// A panel: [blocks][kTileSide][kBlockSide columns] pairs; what is absent is 0.
template <class Type>
void prepare_plain_blocks(const std::byte* weights, std::size_t weight_stride, int count, int cols,
                          std::byte* prepared) {
  if (cols % kBlockCols != 0)
    __builtin_memset(prepared + (blocks_of(cols) - 1) * kBlockBytes, 0, kBlockBytes);
  prepare_bf16_panel<Type>(weights, weight_stride, count, cols, prepared);
}

/// `cols` weights of a row, whole blocks of the format, as pairs.
template <class Format>
inline void decode_pairs(const std::byte* block, int cols, float* out) {
  for (int k = 0; k < cols; k += Format::kBlock, block += Format::kBytes) {
    const GroupScales<Format> groups(block);
    for_each_unit<Format>([&]<int kIndex>() {
      constexpr int kZero = Format::kSigned ? 0 : Format::kZero;
      F32 halves[2];
      widen<Format::kSigned>(Format::template quants<kIndex>(block), halves[0], halves[1]);
      for (int h = 0; h < 2; ++h) {
        const int group = (kIndex * kUnit + h * kUnit / 2) / Format::kGroup;
        const float scale = groups.scales[group];
        const float base =
            Format::kHasMins ? Format::kMinSign * groups.mins[group] : -kZero * scale;
        halves[h] = fma(halves[h], broadcast(scale), broadcast(base));
      }
      store(out + (k + kIndex * kUnit) / 2, to_pairs(halves[0], halves[1]));
    });
  }
}

template <class Format>
void prepare_quantised_blocks(const std::byte* weights, std::size_t weight_stride, int count,
                              int cols, std::byte* prepared) {
  static_assert(kPanelStep % Format::kBlock == 0);
  alignas(64) float decoded[kBlockSide][kPanelStep / 2];
  const auto get = [&](int n, int k) { return load(decoded[n] + k / 2); };
  for (int first = 0; first < cols; first += kPanelStep) {
    const int width = cols - first < kPanelStep ? cols - first : kPanelStep;
    const std::size_t offset = static_cast<std::size_t>(first / Format::kBlock) * Format::kBytes;
    for (int n = 0; n < count; ++n)
      decode_pairs<Format>(weights + static_cast<std::size_t>(n) * weight_stride + offset, width,
                           decoded[n]);
    transpose_sources<kBlockCols>(count, kBlockSide, width, get,
                                  reinterpret_cast<float*>(prepared + block_bytes(first)),
                                  kBlockSide);
  }
}

void multiply_block_rows(const std::byte* tile, const std::byte* panel, int cols, float* out) {
  multiply_blocks(tile, panel, blocks_of(cols), out);
}

/// `kernels` for few rows, which wait for memory and not for arithmetic; blocks for many.
constexpr ProductKernels with_blocks(ProductKernels kernels,
                                     decltype(ProductKernels::prepare_panel) prepare_panel) {
  kernels.tile_rows = kBlockSide;
  kernels.panel_cols = kBlockSide;
  kernels.tile_bytes = block_bytes;
  kernels.prepare_tile = prepare_block_tile;
  kernels.panel_bytes = block_bytes;
  kernels.prepare_panel = prepare_panel;
  kernels.multiply = multiply_block_rows;
  return kernels;
}

template <class Type>
constexpr ProductKernels plain_blocks() {
  return with_blocks(plain_kernels<Type>(), prepare_plain_blocks<Type>);
}

template <class Format>
constexpr ProductKernels quantised_blocks() {
  return with_blocks(with_wide_dot<Format>({}), prepare_quantised_blocks<Format>);
}

constexpr PlainProducts make_plain_block_products() {
  return {plain_kernels<PlainF32>(), plain_blocks<PlainF16>(), plain_blocks<PlainBF16>(),
          finish_row};
}

constexpr QuantisedProducts make_quantised_block_products() {
  return products_of_formats([]<class Format>() { return quantised_blocks<Format>(); });
}

}  // namespace
}  // namespace galago::cpu
