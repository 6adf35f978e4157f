// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// cuda/kernels/block.h on the processor. The threads of a block are fibers of one thread
// (cuda/host/fibers.h), so that a shared variable is one that the thread has once.
#pragma once

#include <bit>
#include <cstdint>

#include "base/half.h"
#include "cuda/host/fibers.h"

#define GALAGO_DEVICE inline
#define GALAGO_SHARED static thread_local
#define GALAGO_UNROLL

namespace galago::cuda {

class Block {
 public:
  Block(host::Fibers& fibers, int x, int y, int z) : fibers_(fibers), x_(x), y_(y), z_(z) {}

  int thread() const { return fibers_.current(); }

  int x() const { return x_; }

  int y() const { return y_; }

  int z() const { return z_; }

  void sync() { fibers_.wait_for_block(); }

  void sync_warp() { fibers_.wait_for_warp(); }

  float shuffle_xor(float value, int mask) {
    return std::bit_cast<float>(fibers_.exchange(std::bit_cast<std::uint32_t>(value), mask));
  }

  int shuffle_xor(int value, int mask) {
    return static_cast<int>(fibers_.exchange(static_cast<std::uint32_t>(value), mask));
  }

  host::Fibers& fibers() { return fibers_; }

 private:
  host::Fibers& fibers_;
  int x_, y_, z_;
};

inline int dot4(unsigned a, unsigned b, int sum) {
  for (int shift = 0; shift < 32; shift += 8)
    sum += static_cast<std::int8_t>(a >> shift) * static_cast<std::int8_t>(b >> shift);
  return sum;
}

inline unsigned funnel(unsigned low, unsigned high, unsigned shift) {
  return static_cast<unsigned>(((static_cast<std::uint64_t>(high) << 32) | low) >> shift);
}

inline float bits_to_float(unsigned bits) { return std::bit_cast<float>(bits); }

inline float f16_to_float(std::uint16_t bits) { return half_to_float(bits); }

inline std::uint16_t float_to_f16(float value) { return float_to_half(value); }

inline std::uint16_t float_to_bf16(float value) { return float_to_bfloat16(value); }

struct F16 {
  static std::uint16_t round(float value) { return float_to_half(value); }

  static float widen(std::uint16_t bits) { return half_to_float(bits); }
};

struct BF16 {
  static std::uint16_t round(float value) { return float_to_bfloat16(value); }

  static float widen(std::uint16_t bits) { return bfloat16_to_float(bits); }
};

/// Which lane holds which eight elements of a tile is the hardware's secret; here lane l holds
/// those from 8·l on, and a product reads those of the others.
struct TilePart {
  float part[8] = {};
};

template <class Element>
struct TileA : TilePart {};

template <class Element>
struct TileBT : TilePart {};

template <class Element>
struct TileB : TilePart {};

struct TileC : TilePart {};

namespace host {

inline int first_element(Block& b) { return b.thread() % 32 * 8; }

/// Tensor cores take aligned tiles only.
void check_tile(const void* address, int stride_bytes);

/// c += a · b for this lane's elements; transposed: b is [columns, depth].
void multiply_tiles(Block& b, TilePart& c, const TilePart& left, const TilePart& right,
                    bool is_transposed);

}  // namespace host

template <template <class> class Tile, class Element>
void load(Block& b, Tile<Element>& t, const std::uint16_t* from, int stride) {
  host::check_tile(from, 2 * stride);
  const int first = host::first_element(b);
  for (int i = 0; i < 8; ++i)
    t.part[i] = Element::widen(from[(first + i) / 16 * stride + (first + i) % 16]);
}

inline void clear(TileC& c) { c = {}; }

template <class Element>
void multiply(Block& b, TileC& c, const TileA<Element>& left, const TileBT<Element>& right) {
  host::multiply_tiles(b, c, left, right, true);
}

template <class Element>
void multiply(Block& b, TileC& c, const TileA<Element>& left, const TileB<Element>& right) {
  host::multiply_tiles(b, c, left, right, false);
}

inline void store(Block& b, float* to, const TileC& c, int stride) {
  host::check_tile(to, 4 * stride);
  const int first = host::first_element(b);
  for (int i = 0; i < 8; ++i) to[(first + i) / 16 * stride + (first + i) % 16] = c.part[i];
}

}  // namespace galago::cuda
