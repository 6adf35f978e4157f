// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// What a kernel may know and use of the machine: its place in the grid, barriers, shuffles,
// products of bytes, tiles of the tensor cores. nvcc compiles it for the GPU, any other compiler
// for the processor (cuda/host), where the same kernels are tested.
#pragma once

#include <cstdint>

#ifdef __CUDACC__

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <mma.h>

#define GALAGO_DEVICE __device__ __forceinline__
#define GALAGO_SHARED __shared__
#define GALAGO_UNROLL _Pragma("unroll")

namespace galago::cuda {

class Block {
 public:
  GALAGO_DEVICE int thread() const { return static_cast<int>(threadIdx.x); }

  GALAGO_DEVICE int x() const { return static_cast<int>(blockIdx.x); }

  GALAGO_DEVICE int y() const { return static_cast<int>(blockIdx.y); }

  GALAGO_DEVICE int z() const { return static_cast<int>(blockIdx.z); }

  /// All threads of the block arrive before one goes on; what they wrote is then seen.
  GALAGO_DEVICE void sync() { __syncthreads(); }

  /// The same among the 32 threads of a warp.
  GALAGO_DEVICE void sync_warp() { __syncwarp(); }

  /// The value of the lane whose number differs in the bits of `mask`. All lanes take part.
  GALAGO_DEVICE float shuffle_xor(float value, int mask) {
    return __shfl_xor_sync(0xffffffffU, value, mask);
  }

  GALAGO_DEVICE int shuffle_xor(int value, int mask) {
    return __shfl_xor_sync(0xffffffffU, value, mask);
  }
};

/// sum + the products of the four signed bytes of a and b
GALAGO_DEVICE int dot4(unsigned a, unsigned b, int sum) {
  return __dp4a(static_cast<int>(a), static_cast<int>(b), sum);
}

/// 32 bits of high:low from bit `shift` on; shift < 32
GALAGO_DEVICE unsigned funnel(unsigned low, unsigned high, unsigned shift) {
  return __funnelshift_r(low, high, shift);
}

GALAGO_DEVICE float bits_to_float(unsigned bits) { return __uint_as_float(bits); }

GALAGO_DEVICE float f16_to_float(std::uint16_t bits) {
  return __half2float(__ushort_as_half(bits));
}

GALAGO_DEVICE std::uint16_t float_to_f16(float value) {
  return __half_as_ushort(__float2half_rn(value));
}

GALAGO_DEVICE std::uint16_t float_to_bf16(float value) {
  return __bfloat16_as_ushort(__float2bfloat16_rn(value));
}

// --- Tiles of 16×16 of the tensor cores: c += a · b, factors of 16 bits, sums in f32.
// -------------

struct F16 {
  using Native = __half;

  static GALAGO_DEVICE std::uint16_t round(float value) { return float_to_f16(value); }
};

struct BF16 {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ < 800
  using Native = __half;  // compiles, never runs: see Machine::has_bf16_tensor_cores
#else
  using Native = __nv_bfloat16;
#endif
  static GALAGO_DEVICE std::uint16_t round(float value) { return float_to_bf16(value); }
};

namespace tile = nvcuda::wmma;

template <class Element>
struct TileA {
  tile::fragment<tile::matrix_a, 16, 16, 16, typename Element::Native, tile::row_major> part;
};

/// Of a matrix that is stored transposed, [columns, depth].
template <class Element>
struct TileBT {
  tile::fragment<tile::matrix_b, 16, 16, 16, typename Element::Native, tile::col_major> part;
};

/// Of a matrix [depth, columns].
template <class Element>
struct TileB {
  tile::fragment<tile::matrix_b, 16, 16, 16, typename Element::Native, tile::row_major> part;
};

struct TileC {
  tile::fragment<tile::accumulator, 16, 16, 16, float> part;
};

/// `from` lies in shared memory at a multiple of 32 bytes, `stride` is a multiple of 8 elements.
template <template <class> class Tile, class Element>
GALAGO_DEVICE void load(Block&, Tile<Element>& t, const std::uint16_t* from, int stride) {
  tile::load_matrix_sync(t.part, reinterpret_cast<const typename Element::Native*>(from),
                         static_cast<unsigned>(stride));
}

GALAGO_DEVICE void clear(TileC& c) { tile::fill_fragment(c.part, 0.0F); }

template <template <class> class Tile, class Element>
GALAGO_DEVICE void multiply(Block&, TileC& c, const TileA<Element>& a, const Tile<Element>& b) {
  tile::mma_sync(c.part, a.part, b.part, c.part);
}

/// `to` as `from` above, `stride` a multiple of 4 floats.
GALAGO_DEVICE void store(Block&, float* to, const TileC& c, int stride) {
  tile::store_matrix_sync(to, c.part, static_cast<unsigned>(stride), tile::mem_row_major);
}

}  // namespace galago::cuda

#else
#include "cuda/host/host_block.h"
#endif
